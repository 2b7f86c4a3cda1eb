/**
 * Pagination. {@link io.github.persona4j.paging.Pages} iterates over the pages or the items of a
 * list operation or of a search, and requests each page when it is needed.
 */
@NullMarked
package io.github.persona4j.paging;

import org.jspecify.annotations.NullMarked;
