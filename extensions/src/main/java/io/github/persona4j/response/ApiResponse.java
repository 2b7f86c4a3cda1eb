package io.github.persona4j.response;

import io.github.persona4j.error.FailedCall;
import io.github.persona4j.error.RateLimits;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A successful response: its body, status, headers and rate limits. The methods of {@code
 * persona.raw()} return it, and {@code send} and {@code sendAsync} of the client. Immutable and
 * thread-safe, except for a body that is a file or a stream.
 * <!-- code: examples/src/test/java/io/github/persona4j/examples/ReadmeSnippets.java#asynchronous-and-raw-calls -->
 *
 * <pre>{@code
 * ApiResponse<EventPage> response = persona.raw().events().list(query);
 * show(response.status() + " " + response.requestId() + " " + response.rateLimits().remaining());
 *
 * CompletableFuture<Void> done =
 *     persona.async().inquiries().retrieve(id).thenAccept(inquiry -> show(inquiry.data().id()));
 * }</pre>
 *
 * @param <T> the type of the body
 */
public final class ApiResponse<T> {
  private final T body;
  private final int status;
  private final FailedCall call;

  private ApiResponse(FailedCall call, int status, T body) {
    this.body = body;
    this.status = status;
    this.call = call;
  }

  /**
   * For the client.
   *
   * @param call describes the call and the head of its response
   */
  public static <T> ApiResponse<T> of(FailedCall call, int status, T body) {
    return new ApiResponse<>(call, status, body);
  }

  /**
   * The decoded body. Null only if an operation of your own interface returns nothing; every
   * generated operation returns a body. A body that is a file or a stream, such as a PDF, must be
   * closed by the caller.
   */
  public T body() {
    return body;
  }

  /** The HTTP status, from 200 to 299. */
  public int status() {
    return status;
  }

  /**
   * All headers of the response. The case of names is ignored in lookups. The values of a name are
   * in the order of the response. Unmodifiable.
   */
  public Map<String, List<String>> headers() {
    return call.headers();
  }

  /** The last value of a header; null if absent. The case of the name is ignored. */
  public @Nullable String header(String name) {
    return call.header(name);
  }

  /** The {@code Request-Id}, for Persona's support; null if absent. */
  public @Nullable String requestId() {
    return call.requestId();
  }

  /**
   * The {@code Persona-Environment-Id}: the environment that the key belongs to, such as {@code
   * env_...}; null if absent.
   */
  public @Nullable String environmentId() {
    return call.environmentId();
  }

  /**
   * The {@code Persona-Organization-Id}: the organization that the key belongs to, such as {@code
   * org_...}; null if absent.
   */
  public @Nullable String organizationId() {
    return call.organizationId();
  }

  /** The rate limit and the creation quota that this response reports. */
  public RateLimits rateLimits() {
    return call.rateLimits();
  }

  /** The number of requests made for the call, including the successful one. */
  public int attempts() {
    return call.attempts();
  }

  /** The time that the client waited before and between the requests of the call. */
  public Duration waited() {
    return call.waited();
  }

  /**
   * Shows the method, path, status, request ID and attempts, but nothing of the body. Safe to log.
   */
  @Override
  public String toString() {
    return "ApiResponse{" + call + '}';
  }
}
