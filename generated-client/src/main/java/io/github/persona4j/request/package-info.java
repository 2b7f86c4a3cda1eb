/** What callers say about one call beside its body: query parameters and options. */
@NullMarked
package io.github.persona4j.request;

import org.jspecify.annotations.NullMarked;
