package io.github.persona4j.internal.call;

import io.github.persona4j.error.FailedCall;
import io.github.persona4j.error.MalformedResponseException;
import io.github.persona4j.error.PersonaApiException;
import io.github.persona4j.error.PersonaException;
import io.github.persona4j.internal.http.ErrorBodyInterceptor;
import io.github.persona4j.internal.http.InvokedMethod;
import io.github.persona4j.internal.http.UserCodeException;
import io.github.persona4j.json.JsonException;
import java.io.IOException;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.ResponseBody;
import org.jspecify.annotations.Nullable;
import retrofit2.Response;

/** Maps responses and failures to exceptions, for blocking and asynchronous calls. */
public final class FailureMapper {
  private FailureMapper() {}

  /**
   * Returns the exception for an unexpected response.
   *
   * @return null if the response is as expected
   */
  public static @Nullable PersonaException exception(Request request, Response<?> response) {
    if (response.code() >= 400) {
      FailedCall call = CallState.describe(request, response.raw());
      return withEarlier(request, PersonaApiException.of(call, string(response.errorBody())));
    }
    // 204 is expected for operations that return nothing.
    if (response.isSuccessful()
        && (response.body() != null || !InvokedMethod.returnsJson(request))) {
      return null;
    }
    FailedCall call = CallState.describe(request, response.raw());
    String reason = response.isSuccessful() ? "there is no content" : unexpected(response.raw());
    return withEarlier(request, new MalformedResponseException(call, reason, null, null));
  }

  /**
   * Maps the exception of a call. An exception of the user's code is returned unchanged.
   *
   * @param thrown the exception that OkHttp or Retrofit reports
   */
  public static Throwable exception(Request request, Throwable thrown) {
    if (thrown instanceof UserCodeException wrapper) {
      return wrapper.thrown() instanceof PersonaException known
          ? withEarlier(request, known)
          : wrapper.thrown();
    }
    if (thrown
        instanceof PersonaException known) { // of a file, whose headers are checked within the call
      return withEarlier(request, known);
    }
    if (thrown instanceof JsonException malformed) {
      return malformed(
          request, "the response does not match its description: ", malformed, malformed);
    }
    if (thrown instanceof DecodingException failed) {
      return malformed(request, "", failed, failed.thrown());
    }
    BodyReceiver receiver = request.tag(BodyReceiver.class);
    if (!(thrown instanceof IOException failure)
        || (receiver != null && receiver.isLocal(failure))) {
      return thrown;
    }
    return withEarlier(request, AttemptFailure.exception(CallState.describe(request), failure));
  }

  private static MalformedResponseException malformed(
      Request request, String prefix, Throwable thrown, Throwable cause) {
    CallState state = CallState.of(request);
    return withEarlier(
        request,
        new MalformedResponseException(
            CallState.describe(request),
            prefix + thrown.getMessage(),
            state == null ? null : state.textInPlaceOfJson(),
            cause));
  }

  /** Adds the failures of earlier attempts to the exception of a call. */
  public static <E extends PersonaException> E withEarlier(Request request, E exception) {
    CallState state = CallState.of(request);
    return state == null || exception.getSuppressed().length > 0
        ? exception
        : state.earlierAttempts().addTo(exception);
  }

  private static String unexpected(okhttp3.Response response) {
    String location = response.header("Location");
    HttpUrl target = location == null ? null : response.request().url().resolve(location);
    return target == null
        ? "this status is not expected"
        : "redirects are not followed; this one leads to the host " + target.host();
  }

  private static String string(@Nullable ResponseBody body) {
    if (body == null) {
      return "";
    }
    // A copy, because a listener is notified before the caller gets the exception.
    try (ResponseBody copy =
        ResponseBody.create(body.source().peek(), body.contentType(), body.contentLength())) {
      return ErrorBodyInterceptor.string(copy);
    } catch (IOException e) {
      return ""; // the status is sufficient
    }
  }
}
