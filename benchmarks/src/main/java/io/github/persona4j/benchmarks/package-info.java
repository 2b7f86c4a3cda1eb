/**
 * Compares the client with OkHttp alone, with Retrofit and Gson, and with Jackson: the first call,
 * small calls, pages of inquiries in CPU time and memory, and a walk through many pages.
 */
@NullMarked
package io.github.persona4j.benchmarks;

import org.jspecify.annotations.NullMarked;
