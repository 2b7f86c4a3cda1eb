/**
 * Searches: conditions on the attributes of resources, and their order. The attributes are
 * constants of generated classes such as {@code InquirySearch}.
 */
@NullMarked
package io.github.persona4j.search;

import org.jspecify.annotations.NullMarked;
