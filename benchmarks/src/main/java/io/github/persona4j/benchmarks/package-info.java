/** Measures how fast, and with how much memory, the client reads and writes JSON. */
@NullMarked
package io.github.persona4j.benchmarks;

import org.jspecify.annotations.NullMarked;
