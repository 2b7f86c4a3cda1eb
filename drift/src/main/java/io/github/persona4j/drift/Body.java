package io.github.persona4j.drift;

import java.util.Map;

/**
 * A request body.
 *
 * @param required whether a request must have it
 * @param content its schemas by content type
 */
record Body(boolean required, Map<String, Schema> content) {}
