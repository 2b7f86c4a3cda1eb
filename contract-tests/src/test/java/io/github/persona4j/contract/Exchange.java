package io.github.persona4j.contract;

import io.github.persona4j.request.RequestOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * Stands between a client and Prism for the calls of one test: notes what went over the wire, and
 * fails the call when Prism reports a violation or is gone.
 */
final class Exchange implements Interceptor {
  private static final long WHOLE = Long.MAX_VALUE;

  private final PrismServer prism;
  private final List<Operation> operations;
  private @Nullable Request sent;
  private @Nullable Response answer;
  private String sentBody = "";
  private String answerBody = "";

  Exchange(PrismServer prism, List<Operation> operations) {
    this.prism = prism;
    this.operations = operations;
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    Request request = chain.request();
    Response received;
    try {
      received = chain.proceed(request);
    } catch (IOException e) {
      String death = prism.death();
      if (death == null) {
        throw e;
      }
      throw new AssertionError(nameOf(request) + ": " + death, e);
    }
    Response network = received.networkResponse();
    sent = network == null ? request : network.request();
    sentBody = text(sent);
    answer = received;
    try (ResponseBody copy = received.peekBody(WHOLE)) {
      answerBody = copy.string();
    }
    Violation violation = Violation.in(received, answerBody);
    if (violation != null) {
      received.close();
      Violation cause = violation.detailed() ? violation : withoutPreference(chain, violation);
      throw new ContractViolation(
          cause.outcome(), nameOf(request) + ": " + cause.reason(), cause.reasons());
    }
    return received;
  }

  /**
   * What Prism says to the same request when no answer is asked for. If it refuses a request that
   * asks for one, it complains of that answer and keeps the reason to itself.
   */
  private static Violation withoutPreference(Chain chain, Violation otherwise) throws IOException {
    Request request = chain.request();
    RequestOptions asked = request.tag(RequestOptions.class);
    if (asked == null) {
      return otherwise;
    }
    RequestOptions.Builder options = RequestOptions.builder();
    String key = asked.apiKey();
    if (key != null) {
      options.apiKey(key);
    }
    Request plain = request.newBuilder().tag(RequestOptions.class, options.build()).build();
    try (Response answer = chain.proceed(plain)) {
      Violation cause = Violation.in(answer, answer.body().string());
      return cause != null && cause.detailed() ? cause : otherwise;
    }
  }

  /** Whether nothing was sent so far. */
  boolean isUnused() {
    return sent == null;
  }

  /** The last request as it was sent, with all headers. */
  Request sent() {
    if (sent == null) {
      throw new AssertionError("Nothing was sent");
    }
    return sent;
  }

  /** The body of the last request, empty where there was none. */
  String sentBody() {
    return sentBody;
  }

  /** The content type of the last request, null where it had no body. */
  @Nullable String sentType() {
    RequestBody body = sent().body();
    return body == null || body.contentType() == null ? null : body.contentType().toString();
  }

  /** The head of the last answer. */
  Response answer() {
    if (answer == null) {
      throw new AssertionError("Nothing was answered");
    }
    return answer;
  }

  /** The body of the last answer. */
  String answerBody() {
    return answerBody;
  }

  /** The path that the client asked for, below the base URL. */
  String path() {
    return path(answer().request());
  }

  /** The names of the last request's query parameters, in order, as often as they were sent. */
  List<String> queryNames() {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < sent().url().querySize(); i++) {
      names.add(sent().url().queryParameterName(i));
    }
    return names;
  }

  /** The last request and its answer as they went over the wire, without headers. */
  @Override
  public String toString() {
    if (sent == null || answer == null) {
      return "nothing was sent or answered";
    }
    return sent.method()
        + ' '
        + sent.url()
        + "\nPrefer: "
        + sent.header("Prefer")
        + '\n'
        + sentBody
        + "\n\n"
        + answer.code()
        + '\n'
        + answerBody;
  }

  private String nameOf(Request request) {
    for (Operation operation : operations) {
      if (operation.matches(request.method(), path(request))) {
        return operation.id();
      }
    }
    return request.method() + " " + path(request);
  }

  private String path(Request request) {
    String prefix = okhttp3.HttpUrl.get(prism.baseUrl() + "/").encodedPath();
    String path = request.url().encodedPath();
    return path.startsWith(prefix) ? path.substring(prefix.length() - 1) : path;
  }

  private static String text(Request request) throws IOException {
    if (request.body() == null) {
      return "";
    }
    Buffer buffer = new Buffer();
    request.body().writeTo(buffer);
    return buffer.readUtf8();
  }
}
