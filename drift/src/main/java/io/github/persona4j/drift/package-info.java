/**
 * Compares two descriptions of the API and states what the differences mean for users of the
 * client.
 *
 * <p>{@code Documents} reads files into nodes, {@code Description} finds operations and webhooks in
 * them, {@code Schemas} reduces schemas to shapes that do not depend on how they are written,
 * {@code Comparison} finds the differences, and the reports print them.
 */
@NullMarked
package io.github.persona4j.drift;

import org.jspecify.annotations.NullMarked;
