@NullMarked
package io.github.persona4j.examples.micrometer;

import org.jspecify.annotations.NullMarked;
