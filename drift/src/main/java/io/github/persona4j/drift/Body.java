package io.github.persona4j.drift;

import java.util.Map;
import java.util.Set;

/**
 * A request body.
 *
 * @param required whether a request must have it
 * @param content its schemas by content type
 * @param partTypes the content types that parts of forms may have; none are stated if the set is
 *     empty
 */
record Body(boolean required, Map<String, Schema> content, Map<Part, Set<String>> partTypes) {
  /** A part of a form, whose content type is {@code form}. */
  record Part(String form, String name) {}
}
