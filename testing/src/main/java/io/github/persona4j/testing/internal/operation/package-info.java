/**
 * The operations of the API. {@code Operations} finds the operation of a request in the
 * description, checks the request, and executes the handler that a part registered by the
 * operation's id ({@code operations.on("inquiries.approve", call -> ...)}), or a generic one. A
 * handler reads and changes the store, records events, and returns an {@code OperationResult}.
 */
@NullMarked
package io.github.persona4j.testing.internal.operation;

import org.jspecify.annotations.NullMarked;
