package io.github.persona4j.testing.internal.state;

import io.github.persona4j.testing.internal.http.ApiFailure;

/**
 * How moves are refused.
 *
 * @param status 409 or 422: which of them the API uses is not documented
 * @param uncertain whether moves that the API may refuse are refused
 */
public record Refusals(int status, boolean uncertain) {
  /** Refuses with 422, and allows uncertain moves. */
  public static final Refusals DEFAULT = new Refusals(422, false);

  private static final int CONFLICT = 409;

  ApiFailure failure(String details) {
    return status == CONFLICT
        ? ApiFailure.of(CONFLICT, "Stale object error", details)
        : ApiFailure.of(status, "Unprocessable entity", details);
  }
}
