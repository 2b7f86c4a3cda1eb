/** Signed deliveries of events to webhooks, with the retries and the faults of the real ones. */
@NullMarked
package io.github.persona4j.testing.internal.webhook;

import org.jspecify.annotations.NullMarked;
