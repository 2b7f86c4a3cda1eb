package io.github.persona4j.testing.internal.http;

import com.google.gson.JsonObject;
import io.github.persona4j.testing.internal.json.Json;
import java.util.List;

/** Ends a request with an error response in the format of the API. */
public final class ApiFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final transient JsonObject error;

  private ApiFailure(int status, JsonObject error, String message) {
    super(message, null, false, false);
    this.status = status;
    this.error = error;
  }

  public static ApiFailure badRequest(String details) {
    return of(400, "Bad request", details);
  }

  public static ApiFailure of(int status, String title, String details) {
    return new ApiFailure(status, Json.object("title", title, "details", details), details);
  }

  /** An error without details, such as the API's 401 and 404. */
  public static ApiFailure titleOnly(int status, String title) {
    return new ApiFailure(status, Json.object("title", title), title);
  }

  public static ApiFailure notFound() {
    return titleOnly(404, "Not found");
  }

  /** A 422: the value at the JSON pointer is well-formed but not accepted. */
  public static ApiFailure unprocessable(String pointer, String details) {
    return new ApiFailure(
        422,
        Json.object(
            "title",
            "Unprocessable entity",
            "details",
            details,
            "code",
            "invalid_value",
            "source",
            Json.object("pointer", pointer)),
        details);
  }

  /** Returns the same failure with another message for tests, which is not in the response. */
  public ApiFailure withMessage(String message) {
    return new ApiFailure(status, error, message);
  }

  public FakeResponse response() {
    return FakeResponse.json(status, Json.object("errors", Json.array(List.of(error))));
  }
}
