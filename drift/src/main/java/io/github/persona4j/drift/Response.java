package io.github.persona4j.drift;

import java.util.Map;

/**
 * A response.
 *
 * @param headers its headers by name in lower case
 * @param content its schemas by content type
 */
record Response(Map<String, Header> headers, Map<String, Schema> content) {}
