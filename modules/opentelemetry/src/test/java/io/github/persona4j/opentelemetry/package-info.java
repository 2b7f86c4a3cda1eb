@NullMarked
package io.github.persona4j.opentelemetry;

import org.jspecify.annotations.NullMarked;
