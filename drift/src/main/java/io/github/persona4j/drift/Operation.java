package io.github.persona4j.drift;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An operation or a webhook.
 *
 * @param place what reports call it
 * @param id its {@code operationId}, or null
 * @param deprecated whether it is marked as deprecated
 * @param parameters its parameters by what identifies them
 * @param body its request body, or null
 * @param responses its responses by status
 * @param security the alternatives of what authorizes it
 */
record Operation(
    String place,
    @Nullable String id,
    boolean deprecated,
    Map<String, Parameter> parameters,
    @Nullable Body body,
    Map<String, Response> responses,
    Set<String> security) {}
