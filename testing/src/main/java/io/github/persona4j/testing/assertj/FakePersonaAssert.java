package io.github.persona4j.testing.assertj;

import io.github.persona4j.testing.FakePersona;
import io.github.persona4j.testing.RecordedRequest;
import io.github.persona4j.testing.WebhookDelivery;
import io.github.persona4j.testing.internal.http.OperationPattern;
import io.github.persona4j.testing.internal.state.KnownEvents;
import java.util.List;
import java.util.Objects;
import org.assertj.core.api.AbstractAssert;
import org.jspecify.annotations.Nullable;

/**
 * Assertions on what a fake received and delivered. A failure shows the state of the fake. The fake
 * keeps the last {@linkplain FakePersona#requests 10,000 requests}; an assertion that depends on
 * earlier ones fails, because the result is not certain.
 * <!-- code: examples/src/test/java/io/github/persona4j/examples/TestingSnippets.java#assertions-and-junit -->
 *
 * <pre>{@code
 * assertThat(fake)
 *     .received("POST /inquiries")
 *     .once()
 *     .withHeader("Idempotency-Key")
 *     .withBodyValue("/meta/auto-create-account-reference-id", "\"user-17\"");
 * assertThat(fake).receivedNo("DELETE /inquiries/{id}").delivered("inquiry.approved");
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
   * @throws IllegalArgumentException if it does not have this form, or the description has no such
   *     operation
   */
  public ReceivedRequestsAssert received(String operation) {
    isNotNull();
    List<RecordedRequest> requests = requests(operation);
    if (requests.isEmpty()) {
      failIfSomeAreUnknown(operation);
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
    failIfSomeAreUnknown(operation);
    return this;
  }

  private void failIfSomeAreUnknown(String operation) {
    String unknown = unknownRequests(actual);
    if (unknown != null) {
      failWithMessage(
          "%nIt is not certain whether there was a request for%n  %s%n%s", operation, unknown);
    }
  }

  /** Returns why not all requests are known; null if they are. */
  static @Nullable String unknownRequests(FakePersona persona) {
    int known = persona.requests().size();
    long count = persona.requestCount();
    return count <= known
        ? null
        : "because only the last " + known + " of " + count + " requests are known.";
  }

  private List<RecordedRequest> requests(String operation) {
    OperationPattern.parse(Objects.requireNonNull(operation, "operation")); // without requests, too
    return actual.requests().stream().filter(request -> request.isFor(operation)).toList();
  }

  /**
   * Verifies that an event of this name was delivered to a webhook.
   *
   * @param event such as {@code inquiry.approved}
   * @throws IllegalArgumentException if the description has no event of this name
   */
  public FakePersonaAssert delivered(String event) {
    isNotNull();
    if (!isDelivered(event)) {
      failWithMessage(
          "%nExpecting a delivery of%n  %s%nbut there was none.%n%n%s", event, actual.describe());
    }
    return this;
  }

  /**
   * Verifies that no event of this name was delivered to a webhook.
   *
   * @param event such as {@code inquiry.approved}
   * @throws IllegalArgumentException if the description has no event of this name
   */
  public FakePersonaAssert deliveredNo(String event) {
    isNotNull();
    if (isDelivered(event)) {
      failWithMessage(
          "%nExpecting no delivery of%n  %s%nbut there was one.%n%n%s", event, actual.describe());
    }
    return this;
  }

  private boolean isDelivered(String event) {
    KnownEvents.check("event", Objects.requireNonNull(event, "event"));
    return actual.deliveries().stream()
        .anyMatch(
            delivery ->
                delivery.eventName().equals(event)
                    && delivery.result() == WebhookDelivery.Result.DELIVERED);
  }
}
