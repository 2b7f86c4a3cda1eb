@NullMarked
package io.github.persona4j.examples.opentelemetry;

import org.jspecify.annotations.NullMarked;
