package io.github.persona4j;

import io.github.persona4j.internal.call.CallState;
import io.github.persona4j.internal.call.Operation;
import io.github.persona4j.internal.http.Attempt;
import io.github.persona4j.internal.http.Callbacks;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Buffer;
import okio.ForwardingSource;
import okio.Okio;

/**
 * An interceptor that logs each request and each response of every attempt, one line each. The
 * lines show the method, path template, names of query parameters, headers, status, sizes and
 * times. All lines of a call have the same number, which is unique in the program.
 * <!-- code: examples/src/test/java/io/github/persona4j/examples/JavadocExamplesTest.java#request-log -->
 *
 * <pre>{@code
 * RequestLog log = RequestLog.to(line -> show(line));
 * }</pre>
 *
 * <p>The lines contain no key, no values of the path or the query, and nothing of a body. The name
 * of a query parameter is shown only if the parameter has a value and the name has the form of an
 * identifier. The values of known headers without secrets are shown, such as {@code Content-Type},
 * {@code Request-Id} and the rate limits. All other headers are shown by name only, including
 * {@code Authorization}, cookies, idempotency keys and the caller's headers. An entry is one line,
 * whatever a server sends. The line of a response is written when its body has been read and
 * closed. Thread-safe.
 */
public final class RequestLog implements Interceptor {
  private static final String HIDDEN = "***";
  private static final int MAX_HEADERS = 100;
  private static final int MAX_NAME_LENGTH = 64;
  private static final int MAX_VALUE_LENGTH = 200;
  private static final Pattern QUERY_NAME = Pattern.compile("[\\w.\\-\\[\\]/]{1,64}");
  private static final Set<String> SHOWN =
      Set.of(
          "accept",
          "cache-control",
          "connection",
          "content-encoding",
          "content-length",
          "content-type",
          "date",
          "key-inflection",
          "persona-environment-id",
          "persona-organization-id",
          "persona-version",
          "quota-limit",
          "quota-remaining",
          "quota-reset",
          "ratelimit-limit",
          "ratelimit-remaining",
          "ratelimit-reset",
          "request-id",
          "retry-after",
          "server",
          "transfer-encoding",
          "user-agent");

  private final Consumer<String> lines;

  private RequestLog(Consumer<String> lines) {
    this.lines = lines;
  }

  /**
   * Creates a log.
   *
   * @param lines is invoked with each line, concurrently from several threads; exceptions that it
   *     throws are ignored
   */
  public static RequestLog to(Consumer<String> lines) {
    return new RequestLog(Objects.requireNonNull(lines, "lines"));
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    Request request = chain.request();
    String subject = subject(chain);
    write("request: " + subject + describe(request));
    long startedAt = System.nanoTime();
    Response response;
    try {
      response = chain.proceed(request);
    } catch (Throwable e) { // Kotlin code can throw undeclared checked exceptions
      // Only the class is shown, because the message may contain personal data.
      write("no response: " + subject + ": " + e.getClass().getSimpleName() + after(startedAt));
      throw e;
    }
    String head = "response: " + subject + ": " + response.code() + after(startedAt);
    String headers = headers(response.headers());
    return response
        .newBuilder()
        .body(
            measured(
                response.body(),
                read -> write(head + ", body: " + read + after(startedAt) + headers)))
        .build();
  }

  private static String subject(Chain chain) {
    Operation operation = CallState.operation(chain.request());
    Attempt attempt = Attempt.of(chain);
    String number =
        attempt == null
            ? "call " + CallState.nextNumber() + ", attempt 1" // a call of another OkHttpClient
            : attempt.toString();
    return operation.method() + ' ' + operation.path() + " (" + number + ")";
  }

  private void write(String line) {
    Callbacks.invoke(lines, line);
  }

  private static String after(long startedAt) {
    return " after " + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startedAt) + " ms";
  }

  private static String describe(Request request) throws IOException {
    HttpUrl url = request.url();
    String query = url.querySize() == 0 ? "" : ", query: " + names(url);
    RequestBody body = request.body();
    return query + (body == null ? "" : ", body: " + size(body)) + headers(request.headers());
  }

  private static String size(RequestBody body) throws IOException {
    long size = body.contentLength();
    return size < 0 ? "of unknown size" : size + " bytes";
  }

  private static Set<String> names(HttpUrl url) {
    Set<String> shown = new LinkedHashSet<>();
    for (int i = 0; i < url.querySize(); i++) {
      String name = url.queryParameterName(i);
      String value = url.queryParameterValue(i);
      // A name without a value may be a token.
      boolean isName = value != null && !value.isEmpty() && QUERY_NAME.matcher(name).matches();
      shown.add(isName ? name : HIDDEN);
    }
    return shown;
  }

  private static String headers(Headers headers) {
    List<String> shown = new ArrayList<>();
    for (int i = 0; i < Math.min(headers.size(), MAX_HEADERS); i++) {
      String name = headers.name(i);
      boolean isShown = SHOWN.contains(name.toLowerCase(Locale.ROOT));
      String value = isShown ? truncate(headers.value(i), MAX_VALUE_LENGTH, "[^ -~]") : HIDDEN;
      shown.add(truncate(name, MAX_NAME_LENGTH, "[^\\w.-]") + ": " + value);
    }
    if (headers.size() > MAX_HEADERS) {
      shown.add((headers.size() - MAX_HEADERS) + " more");
    }
    return ", headers: " + shown;
  }

  // A gateway can send any value in a header.
  private static String truncate(String value, int maxLength, String invalid) {
    String start = value.length() <= maxLength ? value : value.substring(0, maxLength) + "...";
    return start.replaceAll(invalid, "?");
  }

  private static ResponseBody measured(ResponseBody body, Consumer<String> end) {
    return ResponseBody.create(
        Okio.buffer(new MeasuredSource(body, end)), body.contentType(), body.contentLength());
  }

  /** Reports once how many bytes of a body were read. */
  private static final class MeasuredSource extends ForwardingSource {
    private final Consumer<String> end;
    private long size;
    private boolean broken;
    private boolean reported;

    MeasuredSource(ResponseBody body, Consumer<String> end) {
      super(body.source());
      this.end = end;
    }

    @Override
    public long read(Buffer sink, long byteCount) throws IOException {
      try {
        long read = super.read(sink, byteCount);
        size += Math.max(0, read);
        return read;
      } catch (Throwable e) {
        broken = true;
        throw e;
      }
    }

    @Override
    public void close() throws IOException {
      super.close();
      if (!reported) {
        reported = true;
        end.accept(size + (broken ? " bytes, incomplete" : " bytes"));
      }
    }
  }
}
