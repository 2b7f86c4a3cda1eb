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
  private static final String VIOLATIONS = "sl-violations";
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
    String violation = violation(received, answerBody);
    if (violation != null) {
      received.close();
      String cause = received.header(VIOLATIONS) == null ? withoutPreference(chain) : null;
      throw new ContractViolation(nameOf(request) + ": " + (cause == null ? violation : cause));
    }
    return received;
  }

  /**
   * What Prism says to the same request when no answer is asked for. If it refuses a request that
   * asks for one, it complains of that answer and keeps the reason to itself.
   */
  private static @Nullable String withoutPreference(Chain chain) throws IOException {
    Request request = chain.request();
    if (request.tag(RequestOptions.class) == null) {
      return null;
    }
    Request plain = request.newBuilder().tag(RequestOptions.class, null).build();
    try (Response answer = chain.proceed(plain)) {
      return answer.header(VIOLATIONS);
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

  /** What Prism has against a request or against its own answer, null if nothing. */
  static @Nullable String violation(Response answer, String body) {
    String violations = answer.header(VIOLATIONS);
    if (violations != null) {
      return violations;
    }
    // Prism's own failures; those of the API are documents with "errors".
    String type = answer.header("content-type");
    return type != null && type.contains("problem+json") && body.contains("prism/errors#")
        ? body
        : null;
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
