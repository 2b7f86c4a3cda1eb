@NullMarked
package io.github.persona4j.examples.springboot;

import org.jspecify.annotations.NullMarked;
