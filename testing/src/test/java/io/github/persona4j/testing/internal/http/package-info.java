@NullMarked
package io.github.persona4j.testing.internal.http;

import org.jspecify.annotations.NullMarked;
