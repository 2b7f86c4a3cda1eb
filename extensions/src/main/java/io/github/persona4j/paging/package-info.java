/**
 * Walking through lists of any length: {@link io.github.persona4j.paging.Pages} over a list
 * operation or a search gives pages, items or a stream, and asks for each page when it is needed.
 */
@NullMarked
package io.github.persona4j.paging;

import org.jspecify.annotations.NullMarked;
