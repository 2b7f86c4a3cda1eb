package io.github.persona4j;

import io.github.persona4j.error.FailedCall;
import io.github.persona4j.error.MalformedResponseException;
import io.github.persona4j.error.PersonaApiException;
import io.github.persona4j.error.PersonaConnectionException;
import io.github.persona4j.error.PersonaException;
import io.github.persona4j.error.UnreadableFileException;
import io.github.persona4j.json.JsonException;
import io.github.persona4j.json.JsonResponse;
import io.github.persona4j.request.FileUpload;
import java.io.IOException;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.ResponseBody;
import org.jspecify.annotations.Nullable;
import retrofit2.Invocation;
import retrofit2.Response;

/**
 * What came of a call: an answer, or an exception of ours. Whoever waits and whoever does not gets
 * the same.
 */
final class Outcome {
  private Outcome() {}

  /**
   * The answer, if it is one that the operation is for.
   *
   * @throws PersonaException if not
   */
  static <T> Response<T> checked(Request request, Response<T> answer) {
    CallReport.Failure failure = failure(request, answer);
    if (failure == null) {
      return answer;
    }
    FailedCall call = CallRecord.failedCall(request, answer.raw());
    if (failure == CallReport.Failure.REFUSED) {
      throw CallRecord.withEarlier(request, PersonaApiException.of(call, text(answer.errorBody())));
    }
    String reason = answer.isSuccessful() ? "there is no content" : unexpected(answer.raw());
    throw CallRecord.withEarlier(request, new MalformedResponseException(call, reason, null, null));
  }

  /** What is wrong with an answer, or null when nothing is. */
  static CallReport.@Nullable Failure failure(Request request, Response<?> answer) {
    if (answer.code() >= 400) {
      return CallReport.Failure.REFUSED;
    }
    // 204 is fine for operations that answer nothing.
    return answer.isSuccessful() && (answer.body() != null || !isJson(request))
        ? null
        : CallReport.Failure.MALFORMED;
  }

  /** What became of a call that came to no answer. */
  static CallReport.Failure failure(Request request, Throwable thrown) {
    // Of a file, the head and the body are read as a part of the attempt.
    if (thrown instanceof JsonException
        || thrown instanceof ForeignResponseException
        || thrown instanceof DecodedBody.UnreadableException
        || thrown instanceof MalformedResponseException) {
      return CallReport.Failure.MALFORMED;
    }
    if (thrown instanceof CallFault
        || thrown instanceof FileUpload.UnreadableException
        || !(thrown instanceof IOException cause)) {
      return CallReport.Failure.FAULT;
    }
    PersonaConnectionException broken =
        new PersonaConnectionException(CallRecord.failedCall(request), cause);
    if (broken.isTimeout()) {
      return CallReport.Failure.TIMEOUT;
    }
    return broken.isStopped() ? CallReport.Failure.STOPPED : CallReport.Failure.CONNECTION;
  }

  /** What to tell the caller of an enqueued call that came to no answer. */
  static Throwable exception(Request request, Throwable failure) {
    if (failure instanceof CallFault fault && fault.getCause() != null) {
      Throwable thrown = fault.getCause();
      return thrown instanceof PersonaException known
          ? CallRecord.withEarlier(request, known)
          : thrown;
    }
    if (failure instanceof IOException broken) {
      return unanswered(request, broken);
    }
    return failure instanceof JsonException malformed ? malformed(request, malformed) : failure;
  }

  /** What to tell the caller of a call that came to no answer. */
  static PersonaException unanswered(Request request, IOException cause) {
    return CallRecord.withEarlier(request, exception(CallRecord.failedCall(request), cause));
  }

  /** The exception of a call, or of one attempt, that came to no answer. */
  static PersonaException exception(FailedCall call, IOException cause) {
    if (cause instanceof DecodedBody.UnreadableException) {
      return new MalformedResponseException(
          call, "the response cannot be decoded: " + cause.getMessage(), null, cause);
    }
    if (cause instanceof ForeignResponseException) {
      return new MalformedResponseException(
          call, "the response belongs to another request", null, cause);
    }
    return cause instanceof FileUpload.UnreadableException unreadable
        ? new UnreadableFileException(call, unreadable)
        : new PersonaConnectionException(call, cause);
  }

  static MalformedResponseException malformed(Request request, JsonException cause) {
    CallRecord record = request.tag(CallRecord.class);
    return CallRecord.withEarlier(
        request,
        new MalformedResponseException(
            CallRecord.failedCall(request),
            "the answer is not as described: " + cause.getMessage(),
            record == null ? null : record.text,
            cause));
  }

  /** A response that made the decoding fail in a way that it should not. */
  static MalformedResponseException malformed(Request request, DecodingFault fault) {
    return CallRecord.withEarlier(
        request,
        new MalformedResponseException(
            CallRecord.failedCall(request),
            String.valueOf(fault.getMessage()),
            null,
            fault.fault()));
  }

  static boolean isJson(Request request) {
    Invocation invocation = request.tag(Invocation.class);
    return invocation != null && invocation.method().isAnnotationPresent(JsonResponse.class);
  }

  private static String unexpected(okhttp3.Response answer) {
    String location = answer.header("Location");
    HttpUrl target = location == null ? null : answer.request().url().resolve(location);
    return target == null
        ? "this status is not expected"
        : "redirects are not followed; this one leads to the host " + target.host();
  }

  private static String text(@Nullable ResponseBody body) {
    try {
      return body == null ? "" : AnswerRecorder.text(body);
    } catch (IOException e) {
      // It is in memory since AnswerRecorder cut it; should that change, the status is enough.
      return "";
    }
  }
}
