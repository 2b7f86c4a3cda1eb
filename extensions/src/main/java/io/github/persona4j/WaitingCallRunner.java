package io.github.persona4j;

import io.github.persona4j.error.FailedCall;
import io.github.persona4j.error.MalformedResponseException;
import io.github.persona4j.error.PersonaApiException;
import io.github.persona4j.error.PersonaConnectionException;
import io.github.persona4j.json.JsonAnswer;
import io.github.persona4j.json.JsonException;
import io.github.persona4j.request.CallRunner;
import java.io.IOException;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.ResponseBody;
import org.jspecify.annotations.Nullable;
import retrofit2.Call;
import retrofit2.Invocation;
import retrofit2.Response;

/** Runs a call on the caller's thread and turns every failure into a typed exception. */
final class WaitingCallRunner implements CallRunner {
  private final Lifecycle lifecycle;

  WaitingCallRunner(Lifecycle lifecycle) {
    this.lifecycle = lifecycle;
  }

  @Override
  public <T> T run(Call<T> call) {
    if (lifecycle.isClosed()) {
      throw new IllegalStateException(Lifecycle.CLOSED);
    }
    // Made before the try: a body that cannot be encoded is not the server's fault.
    Request request = call.request();
    Response<T> answer;
    try {
      answer = call.execute();
    } catch (IOException e) {
      throw new PersonaConnectionException(failedCall(request), e);
    } catch (JsonException e) {
      throw malformed(request, e);
    }
    if (answer.code() >= 400) {
      throw PersonaApiException.of(
          CallRecord.failedCall(request, answer.raw()), text(answer.errorBody()));
    }
    if (!answer.isSuccessful()) {
      throw unexpected(request, answer.raw());
    }
    T body = answer.body();
    if (body == null && isJson(request)) {
      throw new MalformedResponseException(
          CallRecord.failedCall(request, answer.raw()), "there is no content", null, null);
    }
    return body;
  }

  private static MalformedResponseException malformed(Request request, JsonException cause) {
    CallRecord record = request.tag(CallRecord.class);
    return new MalformedResponseException(
        failedCall(request),
        "the answer is not as described: " + cause.getMessage(),
        record == null ? null : record.text,
        cause);
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

  // 204 is fine for operations that answer nothing.
  static boolean isJson(Request request) {
    Invocation invocation = request.tag(Invocation.class);
    return invocation != null && invocation.method().isAnnotationPresent(JsonAnswer.class);
  }
}
