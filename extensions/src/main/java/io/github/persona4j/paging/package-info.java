/**
 * Pagination. A {@link io.github.persona4j.paging.Page} is one page of a list or of a search and
 * knows the pages beside it. {@link io.github.persona4j.paging.Pages} iterates over all items or
 * pages, and requests each page when it is needed.
 */
@NullMarked
package io.github.persona4j.paging;

import org.jspecify.annotations.NullMarked;
