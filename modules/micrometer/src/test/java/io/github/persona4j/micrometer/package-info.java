@NullMarked
package io.github.persona4j.micrometer;

import org.jspecify.annotations.NullMarked;
