package io.github.persona4j.testing.assertj;

import io.github.persona4j.testing.FakePersona;
import io.github.persona4j.testing.RecordedRequest;
import io.github.persona4j.testing.WebhookDelivery;
import java.util.List;
import java.util.Objects;
import org.assertj.core.api.AbstractAssert;
import org.jspecify.annotations.Nullable;

/**
 * Assertions on what a fake received and delivered. A failure shows the state of the fake.
 *
 * <pre>{@code
 * assertThat(persona).received("POST /inquiries").once().withHeader("Idempotency-Key");
 * assertThat(persona).delivered("inquiry.approved");
 * }</pre>
 */
@SuppressWarnings("exports") // AssertJ is optional, and who uses this class has it
public final class FakePersonaAssert extends AbstractAssert<FakePersonaAssert, FakePersona> {
  FakePersonaAssert(@Nullable FakePersona actual) {
    super(actual, FakePersonaAssert.class);
  }

  /**
   * Verifies that the fake received a request for an operation, and returns assertions on all of
   * them.
   *
   * @param operation method and path, such as {@code POST /inquiries} or {@code GET /events/{id}};
   *     a segment in braces stands for any, and {@code *} for any method
   * @throws IllegalArgumentException if it does not have this form
   */
  public ReceivedRequestsAssert received(String operation) {
    isNotNull();
    List<RecordedRequest> requests = requests(operation);
    if (requests.isEmpty()) {
      failWithMessage(
          "%nExpecting a request for%n  %s%nbut there was none.%n%n%s",
          operation, actual.describe());
    }
    return new ReceivedRequestsAssert(requests, actual, operation);
  }

  /** Verifies that the fake received no request for an operation, see {@link #received}. */
  public FakePersonaAssert receivedNo(String operation) {
    isNotNull();
    List<RecordedRequest> requests = requests(operation);
    if (!requests.isEmpty()) {
      failWithMessage(
          "%nExpecting no request for%n  %s%nbut there were %d.%n%n%s",
          operation, requests.size(), actual.describe());
    }
    return this;
  }

  private List<RecordedRequest> requests(String operation) {
    Objects.requireNonNull(operation, "operation");
    return actual.requests().stream().filter(request -> request.isFor(operation)).toList();
  }

  /** Verifies that an event of this name was delivered to a webhook. */
  public FakePersonaAssert delivered(String event) {
    isNotNull();
    if (!isDelivered(event)) {
      failWithMessage(
          "%nExpecting a delivery of%n  %s%nbut there was none.%n%n%s", event, actual.describe());
    }
    return this;
  }

  /** Verifies that no event of this name was delivered to a webhook. */
  public FakePersonaAssert deliveredNo(String event) {
    isNotNull();
    if (isDelivered(event)) {
      failWithMessage(
          "%nExpecting no delivery of%n  %s%nbut there was one.%n%n%s", event, actual.describe());
    }
    return this;
  }

  private boolean isDelivered(String event) {
    Objects.requireNonNull(event, "event");
    return actual.deliveries().stream()
        .anyMatch(
            delivery ->
                delivery.eventName().equals(event)
                    && delivery.result() == WebhookDelivery.Result.DELIVERED);
  }
}
