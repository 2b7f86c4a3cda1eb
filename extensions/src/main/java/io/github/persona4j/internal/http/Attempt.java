package io.github.persona4j.internal.http;

import okhttp3.Connection;
import okhttp3.Interceptor;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * What the interceptors find out about one attempt of a call. The attempt's request carries it as a
 * tag. One thread at a time writes; any thread may read.
 *
 * <p>An attempt can make several requests: a redirect of a file is followed, and interceptors of
 * the user may proceed more than once. Apart from {@link #requests()} and {@link #requestSent()},
 * everything here is about the last request.
 */
public final class Attempt {
  private final long call;
  private final int requestsBefore;

  private volatile int requests;
  private volatile boolean requestSent;
  private volatile @Nullable Connection reused;
  private volatile boolean stale;
  private volatile long receivedBefore;
  private volatile @Nullable Response network;
  private volatile @Nullable Response response;
  private volatile @Nullable String text;

  /**
   * A new attempt.
   *
   * @param call the number of its call
   * @param requestsBefore how many requests the call has made before
   */
  public Attempt(long call, int requestsBefore) {
    this.call = call;
    this.requestsBefore = requestsBefore;
  }

  /** The attempt that an interceptor sees, even if another interceptor dropped the tags. */
  public static @Nullable Attempt of(Interceptor.Chain chain) {
    return chain.call().request().tag(Attempt.class);
  }

  /** A new request begins. */
  void requestBegins() {
    int before = requests;
    requests = before + 1;
    reused = null;
    stale = false;
    receivedBefore = 0;
    network = null;
    response = null;
    text = null;
  }

  /** The request is about to be written to a connection. */
  void requestIsSent() {
    requestSent = true;
  }

  /**
   * The request goes over an HTTP/1.1 connection that has served another request before.
   *
   * @param connection null for HTTP/2, which tells responses apart
   * @param receivedBefore how many bytes the connection had received by now; 0 where unknown
   */
  void connectionIsReused(@Nullable Connection connection, long receivedBefore) {
    this.reused = connection;
    this.receivedBefore = receivedBefore;
  }

  /** The request failed because its connection had died while it was idle. */
  void connectionWasStale() {
    stale = true;
  }

  /** A response came over the network. */
  void received(Response response) {
    network = response;
  }

  /**
   * The response passed the interceptors of this client.
   *
   * @param text the start of a successful body that should be JSON and says that it is text;
   *     otherwise null
   */
  void responded(Response response, @Nullable String text) {
    this.response = response;
    this.text = text;
  }

  /** Drops the response, which belongs to another request. */
  public void forgetResponse() {
    response = null;
  }

  /**
   * Frees the connection of the last response where nobody else does: an interceptor failed that
   * had it in hand.
   */
  public void closeNetworkResponse() {
    Response last = network;
    if (last != null) {
      // What a listener of OkHttp's events throws must not hide why the call failed.
      Callbacks.invoke(Response::close, last);
    }
  }

  /** How many requests were begun. */
  public int requests() {
    return requests;
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

  /** Whether the request failed because its connection had died while it was idle. */
  public boolean isStale() {
    return stale;
  }

  /** How many bytes the connection had received before this request; 0 where unknown. */
  long receivedBefore() {
    return receivedBefore;
  }

  /** The response, of which only the status and the headers may be read; null for none. */
  public @Nullable Response response() {
    return response;
  }

  /** The start of a successful body that should be JSON and says that it is text. */
  public @Nullable String text() {
    return text;
  }

  /** For log lines: {@code call 17, attempt 2}. */
  @Override
  public String toString() {
    return "call " + call + ", attempt " + requestsOfCall();
  }
}
