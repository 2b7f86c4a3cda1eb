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
 * An interceptor between a client and Prism that records the requests and responses of one test,
 * and fails the call if Prism reports a violation or has exited.
 */
final class Exchange implements Interceptor {
  private static final long COMPLETE = Long.MAX_VALUE;

  private final PrismServer prism;
  private final List<Operation> operations;
  private @Nullable Request sent;
  private @Nullable Response response;
  private String sentBody = "";
  private String responseBody = "";

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
      String exitReason = prism.exitReason();
      if (exitReason == null) {
        throw e;
      }
      throw new AssertionError(nameOf(request) + ": " + exitReason, e);
    }
    Response network = received.networkResponse();
    sent = network == null ? request : network.request();
    sentBody = body(sent);
    response = received;
    try (ResponseBody copy = received.peekBody(COMPLETE)) {
      responseBody = copy.string();
    }
    Violation violation = Violation.in(received, responseBody);
    if (violation != null) {
      received.close();
      Violation cause = violation.detailed() ? violation : withoutPreference(chain, violation);
      throw new ContractViolation(
          cause.outcome(), nameOf(request) + ": " + cause.reason(), cause.reasons());
    }
    return received;
  }

  /**
   * Returns the violation that Prism reports for the same request without a requested response. If
   * a request with one is rejected, Prism reports only that the response is not available.
   */
  private static Violation withoutPreference(Chain chain, Violation otherwise) throws IOException {
    Request request = chain.request();
    RequestOptions options = request.tag(RequestOptions.class);
    if (options == null) {
      return otherwise;
    }
    RequestOptions.Builder onlyKey = RequestOptions.builder();
    String key = options.apiKey();
    if (key != null) {
      onlyKey.apiKey(key);
    }
    Request plain = request.newBuilder().tag(RequestOptions.class, onlyKey.build()).build();
    try (Response response = chain.proceed(plain)) {
      Violation cause = Violation.in(response, response.body().string());
      return cause != null && cause.detailed() ? cause : otherwise;
    }
  }

  /** Returns whether no request was sent so far. */
  boolean isUnused() {
    return sent == null;
  }

  /** Returns the last request as sent, with all headers. */
  Request sent() {
    if (sent == null) {
      throw new AssertionError("No request was sent");
    }
    return sent;
  }

  /** Returns the body of the last request; empty if it had none. */
  String sentBody() {
    return sentBody;
  }

  /** Returns the content type of the last request; null if it had no body. */
  @Nullable String sentType() {
    RequestBody body = sent().body();
    return body == null || body.contentType() == null ? null : body.contentType().toString();
  }

  /** Returns the last response, without its body. */
  Response response() {
    if (response == null) {
      throw new AssertionError("No response was received");
    }
    return response;
  }

  /** Returns the body of the last response. */
  String responseBody() {
    return responseBody;
  }

  /** Returns the requested path, relative to the base URL. */
  String path() {
    return path(response().request());
  }

  /**
   * Returns the names of the query parameters of the last request in order, including duplicates.
   */
  List<String> queryNames() {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < sent().url().querySize(); i++) {
      names.add(sent().url().queryParameterName(i));
    }
    return names;
  }

  /** Returns the last request and response as sent, without headers. */
  @Override
  public String toString() {
    if (sent == null || response == null) {
      return "no request was sent";
    }
    return sent.method()
        + ' '
        + sent.url()
        + "\nPrefer: "
        + sent.header("Prefer")
        + '\n'
        + sentBody
        + "\n\n"
        + response.code()
        + '\n'
        + responseBody;
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

  private static String body(Request request) throws IOException {
    if (request.body() == null) {
      return "";
    }
    Buffer buffer = new Buffer();
    request.body().writeTo(buffer);
    return buffer.readUtf8();
  }
}
