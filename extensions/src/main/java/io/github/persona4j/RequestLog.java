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
 * Writes a line for each request and each answer, every attempt by itself: method, path template,
 * names of the query parameters, headers, status, sizes and times. All lines of one call have its
 * number, which no other call of the program has.
 *
 * <pre>{@code
 * PersonaClient.builder().addInterceptor(RequestLog.to(line -> logger.log(Level.DEBUG, line)))
 * }</pre>
 *
 * <p>The lines hold no key, no value of the path or the query, and nothing of a body. Of the query
 * they show what has a value and looks like a name. Values of headers are shown where the header is
 * known to be harmless, such as {@code Content-Type}, {@code Request-Id} and the limits; of all
 * others there is the name only: {@code Authorization}, cookies, secrets, idempotency keys and
 * headers of a caller's own. Whatever a server sends, an entry stays one line. The line of an
 * answer is written when its body has been read and closed. Thread-safe.
 */
public final class RequestLog implements Interceptor {
  private static final String HIDDEN = "***";
  private static final int MOST_HEADERS = 100;
  private static final int MOST_OF_A_NAME = 64;
  private static final int MOST_OF_A_VALUE = 200;
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
   * A log that writes to this.
   *
   * @param lines takes one line at a time, from many threads; what it throws is ignored
   */
  public static RequestLog to(Consumer<String> lines) {
    return new RequestLog(Objects.requireNonNull(lines, "lines"));
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    Request request = chain.request();
    String subject = subject(chain);
    write("request: " + subject + describe(request));
    long since = System.nanoTime();
    Response answer;
    try {
      answer = chain.proceed(request);
    } catch (Throwable e) { // from Kotlin also what is not declared
      // The message may name what the class does not.
      write("no answer: " + subject + ": " + e.getClass().getSimpleName() + after(since));
      throw e;
    }
    String head = "answer: " + subject + ": " + answer.code() + after(since);
    String headers = headers(answer.headers());
    return answer
        .newBuilder()
        .body(
            measured(
                answer.body(), read -> write(head + ", body: " + read + after(since) + headers)))
        .build();
  }

  private static String subject(Chain chain) {
    Operation operation = CallState.operation(chain.request());
    Attempt attempt = Attempt.of(chain);
    String number =
        attempt == null
            ? "call " + CallState.nextNumber() + ", attempt 1" // of a client that is not ours
            : attempt.toString();
    return operation.method() + ' ' + operation.path() + " (" + number + ")";
  }

  private void write(String line) {
    Callbacks.invoke(lines, line);
  }

  private static String after(long since) {
    return " after " + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - since) + " ms";
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
      // What stands alone may be a token.
      boolean isName = value != null && !value.isEmpty() && QUERY_NAME.matcher(name).matches();
      shown.add(isName ? name : HIDDEN);
    }
    return shown;
  }

  private static String headers(Headers headers) {
    List<String> shown = new ArrayList<>();
    for (int i = 0; i < Math.min(headers.size(), MOST_HEADERS); i++) {
      String name = headers.name(i);
      boolean harmless = SHOWN.contains(name.toLowerCase(Locale.ROOT));
      String value = harmless ? cut(headers.value(i), MOST_OF_A_VALUE, "[^ -~]") : HIDDEN;
      shown.add(cut(name, MOST_OF_A_NAME, "[^\\w.-]") + ": " + value);
    }
    if (headers.size() > MOST_HEADERS) {
      shown.add((headers.size() - MOST_HEADERS) + " more");
    }
    return ", headers: " + shown;
  }

  // A gateway can put anything into a header.
  private static String cut(String text, int most, String unfit) {
    String start = text.length() <= most ? text : text.substring(0, most) + "...";
    return start.replaceAll(unfit, "?");
  }

  private static ResponseBody measured(ResponseBody body, Consumer<String> end) {
    return ResponseBody.create(
        Okio.buffer(new MeasuredSource(body, end)), body.contentType(), body.contentLength());
  }

  /** Tells, once, how much was read of a body. */
  private static final class MeasuredSource extends ForwardingSource {
    private final Consumer<String> end;
    private long size;
    private boolean broken;
    private boolean told;

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
      if (!told) {
        told = true;
        end.accept(size + (broken ? " bytes, then it broke off" : " bytes"));
      }
    }
  }
}
