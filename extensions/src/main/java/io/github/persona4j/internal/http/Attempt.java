package io.github.persona4j.internal.http;

import java.util.Map;
import okhttp3.Connection;
import okhttp3.Interceptor;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * The state of one attempt of a call, as the interceptors record it. The request of the attempt
 * carries it as a tag. One thread at a time writes; any thread may read.
 *
 * <p>An attempt can make several requests: a redirect of a file is followed, and an interceptor of
 * the user may proceed more than once. Except for {@link #requestsOfCall()} and {@link
 * #requestSent()}, the state is that of the last request.
 */
public final class Attempt {
  private final long call;
  private final int requestsBefore;
  private final @Nullable String token;
  private final Map<String, String> headers;

  private volatile int requests;
  private volatile boolean requestSent;
  private volatile @Nullable Connection reused;
  private volatile boolean stale;
  private volatile @Nullable String refusingProxy;
  private volatile @Nullable Response network;
  private volatile @Nullable Response response;
  private volatile @Nullable String textInPlaceOfJson;

  /**
   * A new attempt.
   *
   * @param call the number of its call
   * @param requestsBefore how many requests the call has made before
   * @param token the token of the client's credentials; null for none
   * @param headers the headers of the call's listeners, for requests to the API only
   */
  public Attempt(
      long call, int requestsBefore, @Nullable String token, Map<String, String> headers) {
    this.call = call;
    this.requestsBefore = requestsBefore;
    this.token = token;
    this.headers = headers;
  }

  /** The attempt that an interceptor sees, even if another interceptor dropped the tags. */
  public static @Nullable Attempt of(Interceptor.Chain chain) {
    return chain.call().request().tag(Attempt.class);
  }

  /** The token of the client's credentials; null for none. Secret. */
  public @Nullable String token() {
    return token;
  }

  /** The headers of the call's listeners, for requests to the API only. */
  Map<String, String> headers() {
    return headers;
  }

  /** A new request begins. */
  void requestBegins() {
    int before = requests;
    requests = before + 1;
    reused = null;
    stale = false;
    refusingProxy = null;
    network = null;
    response = null;
    textInPlaceOfJson = null;
  }

  /** The request is about to be written to a connection. */
  void requestIsSent() {
    requestSent = true;
  }

  /**
   * The request is sent over a connection that has served another request before.
   *
   * @param connection the connection; null for HTTP/2, which identifies responses
   */
  void connectionIsReused(@Nullable Connection connection) {
    this.reused = connection;
  }

  /** The request failed because its connection had been closed while it was idle. */
  void connectionWasStale() {
    stale = true;
  }

  /**
   * A proxy refused the request, so that it did not reach the API.
   *
   * @param proxy its host and port; null for none
   */
  void refusedByProxy(@Nullable String proxy) {
    refusingProxy = proxy;
  }

  /** The request did not reach the API. */
  void requestWasNotSent() {
    requestSent = false;
  }

  /** A response came over the network. */
  void received(Response response) {
    network = response;
  }

  /**
   * The response passed the interceptors of this client.
   *
   * @param textInPlaceOfJson the start of a successful body whose content type is text instead of
   *     JSON; otherwise null
   */
  void responded(Response response, @Nullable String textInPlaceOfJson) {
    this.response = response;
    this.textInPlaceOfJson = textInPlaceOfJson;
  }

  /** Drops the response, which belongs to another request. */
  public void forgetResponse() {
    response = null;
  }

  /** Closes the last response after an interceptor failed that should have closed it. */
  public void closeNetworkResponse() {
    Response last = network;
    if (last != null) {
      // An exception of an event listener must not hide the failure of the call.
      Callbacks.invoke(Response::close, last);
    }
  }

  /** How many requests the whole call has begun. */
  public int requestsOfCall() {
    return requestsBefore + requests;
  }

  /** Whether a request began to be sent, so that it may have reached the server. */
  public boolean requestSent() {
    return requestSent;
  }

  /** The connection if it is HTTP/1.1 and had served another request; otherwise null. */
  public @Nullable Connection reusedConnection() {
    return reused;
  }

  /** Whether the request failed because its connection had been closed while it was idle. */
  public boolean isStale() {
    return stale;
  }

  /** The host and port of the proxy that refused the request, if one did; otherwise null. */
  @Nullable String refusingProxy() {
    return refusingProxy;
  }

  /** The response, of which only the status and the headers may be read; null for none. */
  public @Nullable Response response() {
    return response;
  }

  /** The start of a successful body whose content type is text instead of JSON; otherwise null. */
  public @Nullable String textInPlaceOfJson() {
    return textInPlaceOfJson;
  }

  /** For log lines: {@code call 17, attempt 2}. */
  @Override
  public String toString() {
    return "call " + call + ", attempt " + requestsOfCall();
  }
}
