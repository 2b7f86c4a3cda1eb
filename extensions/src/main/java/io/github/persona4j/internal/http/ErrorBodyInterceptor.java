package io.github.persona4j.internal.http;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Buffer;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;

/**
 * Reads the body of an error response into memory, up to a limit, and the start of a text body
 * where JSON is expected. Other bodies stay streams. Records each request and its response in the
 * {@link Attempt}.
 */
public final class ErrorBodyInterceptor implements Interceptor {
  static final long MAX_ERROR_BODY = 1024L * 1024;
  private static final long MAX_TEXT = 64L * 1024;

  private final Duration bodyTimeout;

  ErrorBodyInterceptor(Duration bodyTimeout) {
    this.bodyTimeout = bodyTimeout;
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    Request request = chain.request();
    Attempt attempt = Attempt.of(chain);
    if (attempt != null) {
      attempt.requestBegins();
    }
    Response response = chain.proceed(request);
    checkProxy(response, attempt);
    if (!response.isSuccessful()) {
      response = withBodyInMemory(response);
    }
    if (attempt != null) {
      attempt.responded(response, textInPlaceOfJson(request, response));
    }
    return response;
  }

  private static void checkProxy(Response response, @Nullable Attempt attempt) throws IOException {
    String proxy = attempt == null ? null : attempt.refusingProxy();
    if (attempt != null && proxy != null && response.code() == 407) {
      response.close();
      attempt.requestWasNotSent();
      throw ConnectionFailure.lasting(
          "the proxy " + proxy + " requires authentication (status 407)");
    }
  }

  private Response withBodyInMemory(Response response) {
    Buffer start = new Buffer();
    MediaType type = response.body().contentType();
    try (ResponseBody body = response.body()) {
      BufferedSource source = body.source();
      BodyTimeout unused = BodyTimeout.start(body, bodyTimeout);
      while (start.size() < MAX_ERROR_BODY) {
        if (source.read(start, MAX_ERROR_BODY - start.size()) == -1) {
          break;
        }
      }
    } catch (IOException e) {
      // The status has been received. It is reported with the received part of the body.
    }
    return response.newBuilder().body(ResponseBody.create(start, type, start.size())).build();
  }

  private @Nullable String textInPlaceOfJson(Request request, Response response)
      throws IOException {
    if (!response.isSuccessful() || !isText(response) || !InvokedMethod.returnsJson(request)) {
      return null;
    }
    BodyTimeout timeout = BodyTimeout.start(response.body(), bodyTimeout);
    try {
      return string(response.peekBody(MAX_TEXT));
    } catch (InterruptedIOException e) {
      throw timeout.reported(e);
    }
  }

  private static boolean isText(Response response) {
    String type = response.header("Content-Type");
    return type != null && type.regionMatches(true, 0, "text/", 0, 5);
  }

  /** Reads a body in memory as a string, in its charset or else UTF-8. Closes the body. */
  public static String string(ResponseBody body) throws IOException {
    MediaType type = body.contentType();
    Charset charset = type == null ? null : type.charset(StandardCharsets.UTF_8);
    try (body) {
      return body.source().readString(charset == null ? StandardCharsets.UTF_8 : charset);
    }
  }
}
