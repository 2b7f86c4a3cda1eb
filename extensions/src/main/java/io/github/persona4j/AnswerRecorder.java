package io.github.persona4j;

import io.github.persona4j.error.ConnectionFailure;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Buffer;
import okio.BufferedSource;

/**
 * Notes each answer in the call's record, and cuts the body of an error to a size that an exception
 * may carry. Successful bodies pass as a stream.
 */
final class AnswerRecorder implements Interceptor {
  static final long MAX_ERROR_BODY = 1024L * 1024;
  private static final long MAX_TEXT = 64L * 1024;

  private final Time time;

  AnswerRecorder(Time time) {
    this.time = time;
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    Request request = chain.request();
    CallRecord record = CallRecord.of(chain);
    if (record != null) {
      record.attemptBegins();
    }
    Response answer = chain.proceed(request);
    if (record != null && record.refusingProxy != null && answer.code() == 407) {
      answer.close();
      record.left = false; // not to the API
      throw ConnectionFailure.lasting(
          "the proxy " + record.refusingProxy + " requires authentication (status 407)");
    }
    if (!answer.isSuccessful()) {
      answer = withShortBody(answer);
    }
    if (record != null) {
      record.answer = answer;
      record.text =
          answer.isSuccessful() && isText(answer) && Outcome.isJson(request) ? start(answer) : null;
    }
    return answer;
  }

  private Response withShortBody(Response answer) {
    Buffer start = new Buffer();
    MediaType type = answer.body().contentType();
    try (ResponseBody body = answer.body()) {
      BufferedSource source = body.source();
      BodyDeadline unused = BodyDeadline.of(body, time);
      while (start.size() < MAX_ERROR_BODY) {
        if (source.read(start, MAX_ERROR_BODY - start.size()) == -1) {
          break;
        }
      }
    } catch (IOException e) {
      // The status has arrived and says more than a broken connection; so much of the body will do.
    }
    return answer.newBuilder().body(ResponseBody.create(start, type, start.size())).build();
  }

  private String start(Response answer) throws IOException {
    BodyDeadline deadline = BodyDeadline.of(answer.body(), time);
    try {
      return text(answer.peekBody(MAX_TEXT));
    } catch (InterruptedIOException e) {
      throw deadline.tell(e);
    }
  }

  private static boolean isText(Response answer) {
    String type = answer.header("Content-Type"); // parsing it costs more than a look at its start
    return type != null && type.regionMatches(true, 0, "text/", 0, 5);
  }

  static String text(ResponseBody body) throws IOException {
    MediaType type = body.contentType();
    Charset charset = type == null ? null : type.charset(StandardCharsets.UTF_8);
    try (body) {
      return body.source().readString(charset == null ? StandardCharsets.UTF_8 : charset);
    }
  }
}
