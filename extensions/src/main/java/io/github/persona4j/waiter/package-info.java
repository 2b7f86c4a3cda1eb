/**
 * Waits for results: {@link io.github.persona4j.waiter.Waiter}, which {@code persona.waiter()}
 * returns, retrieves a resource until it has reached a state, and {@link
 * io.github.persona4j.waiter.AsyncWaiter} does so without a thread that waits.
 */
@NullMarked
package io.github.persona4j.waiter;

import org.jspecify.annotations.NullMarked;
