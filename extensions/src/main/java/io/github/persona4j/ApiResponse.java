package io.github.persona4j;

import io.github.persona4j.error.FailedCall;
import io.github.persona4j.error.RateLimits;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import retrofit2.Response;

/**
 * A successful answer with all that came with it, for those who want more than its body. {@link
 * PersonaClient#send} and {@link PersonaClient#sendAsync} give it. Immutable and thread-safe, apart
 * from a body that is a stream.
 *
 * @param <T> what the operation answers
 */
public final class ApiResponse<T> {
  private final T body;
  private final int status;
  private final FailedCall call;

  ApiResponse(FailedCall call, Response<T> response) {
    this.body = response.body();
    this.status = response.code();
    this.call = call;
  }

  /**
   * The decoded body. Null only where an operation answers nothing, which none of the generated
   * ones does. A body that is a stream, such as a PDF, is to be closed.
   */
  public T body() {
    return body;
  }

  /** The HTTP status, from 200 to 299; an account that was upserted tells by 200 or 201 how. */
  public int status() {
    return status;
  }

  /**
   * All headers, in no particular order; names are found in whatever case, and the values of one
   * name are in the order in which they came. Unmodifiable.
   */
  public Map<String, List<String>> headers() {
    return call.headers();
  }

  /**
   * The last value of a header, or null when it is absent; the case of the name does not matter.
   */
  public @Nullable String header(String name) {
    return call.header(name);
  }

  /** The {@code Request-Id}, to be quoted to Persona's support; null when absent. */
  public @Nullable String requestId() {
    return call.requestId();
  }

  /**
   * The {@code Persona-Environment-Id}: the environment that the key belongs to, such as {@code
   * env_...}; null when absent.
   */
  public @Nullable String environmentId() {
    return call.environmentId();
  }

  /**
   * The {@code Persona-Organization-Id}: the organization that the key belongs to, such as {@code
   * org_...}; null when absent.
   */
  public @Nullable String organizationId() {
    return call.organizationId();
  }

  /** The rate limit and the creation quota as this answer states them. */
  public RateLimits rateLimits() {
    return call.rateLimits();
  }

  /** How many requests were made for the call, the successful one among them. */
  public int attempts() {
    return call.attempts();
  }

  /** How long the call waited before and between its requests, by the client's own will. */
  public Duration waited() {
    return call.waited();
  }

  /** Safe to log: method, path, status, request id and attempts, nothing of the body. */
  @Override
  public String toString() {
    return "ApiResponse{" + call + '}';
  }
}
