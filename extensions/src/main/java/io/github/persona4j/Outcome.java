package io.github.persona4j;

import io.github.persona4j.error.FailedCall;
import io.github.persona4j.error.MalformedResponseException;
import io.github.persona4j.error.PersonaApiException;
import io.github.persona4j.error.PersonaConnectionException;
import io.github.persona4j.error.PersonaException;
import io.github.persona4j.json.JsonAnswer;
import io.github.persona4j.json.JsonException;
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
    if (answer.code() >= 400) {
      throw PersonaApiException.of(
          CallRecord.failedCall(request, answer.raw()), text(answer.errorBody()));
    }
    if (!answer.isSuccessful()) {
      throw unexpected(request, answer.raw());
    }
    if (lacksContent(request, answer)) {
      throw new MalformedResponseException(
          CallRecord.failedCall(request, answer.raw()), "there is no content", null, null);
    }
    return answer;
  }

  /** What to tell the caller of an enqueued call that came to no answer. */
  static Throwable failure(Request request, Throwable failure) {
    if (failure instanceof Fault fault && fault.getCause() != null) {
      return fault.getCause();
    }
    if (failure instanceof IOException broken) {
      return broken(request, broken);
    }
    return failure instanceof JsonException malformed ? malformed(request, malformed) : failure;
  }

  static PersonaConnectionException broken(Request request, IOException cause) {
    return new PersonaConnectionException(failedCall(request), cause);
  }

  static MalformedResponseException malformed(Request request, JsonException cause) {
    CallRecord record = request.tag(CallRecord.class);
    return new MalformedResponseException(
        failedCall(request),
        "the answer is not as described: " + cause.getMessage(),
        record == null ? null : record.text,
        cause);
  }

  // 204 is fine for operations that answer nothing.
  static boolean isJson(Request request) {
    Invocation invocation = request.tag(Invocation.class);
    return invocation != null && invocation.method().isAnnotationPresent(JsonAnswer.class);
  }

  private static boolean lacksContent(Request request, Response<?> answer) {
    return answer.body() == null && isJson(request);
  }

  // Retrofit hands over no answer when it throws; the record has its head, if one came.
  private static FailedCall failedCall(Request request) {
    CallRecord record = request.tag(CallRecord.class);
    okhttp3.Response answer = record == null ? null : record.answer;
    return CallRecord.failedCall(request, answer);
  }

  private static MalformedResponseException unexpected(Request request, okhttp3.Response answer) {
    String location = answer.header("Location");
    HttpUrl target = location == null ? null : request.url().resolve(location);
    String reason =
        target == null
            ? "this status is not expected"
            : "redirects are not followed; this one leads to the host " + target.host();
    return new MalformedResponseException(
        CallRecord.failedCall(request, answer), reason, null, null);
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
