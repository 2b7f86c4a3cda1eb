@NullMarked
package io.github.persona4j.testing.models;

import org.jspecify.annotations.NullMarked;
