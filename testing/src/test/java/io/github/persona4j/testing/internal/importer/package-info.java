@NullMarked
package io.github.persona4j.testing.internal.importer;

import org.jspecify.annotations.NullMarked;
