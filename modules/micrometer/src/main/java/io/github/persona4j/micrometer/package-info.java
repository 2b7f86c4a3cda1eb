/** Metrics and observations of calls with Micrometer. */
@NullMarked
package io.github.persona4j.micrometer;

import org.jspecify.annotations.NullMarked;
