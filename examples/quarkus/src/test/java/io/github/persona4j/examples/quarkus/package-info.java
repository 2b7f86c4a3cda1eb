@NullMarked
package io.github.persona4j.examples.quarkus;

import org.jspecify.annotations.NullMarked;
