package io.github.persona4j.mockserver;

import okhttp3.Handshake;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/** A received request. */
public final class RecordedRequest {
  private final okhttp3.mockwebserver.RecordedRequest request;
  private final int connection;
  private final ByteString body;

  RecordedRequest(okhttp3.mockwebserver.RecordedRequest request, int connection) {
    this.request = request;
    this.connection = connection;
    this.body = request.getBody().snapshot();
  }

  public String getMethod() {
    return String.valueOf(request.getMethod());
  }

  public String getTarget() {
    // The path does not contain the URL that is sent to a proxy.
    return request.getRequestLine().split(" ", 3)[1];
  }

  public HttpUrl getUrl() {
    HttpUrl url = request.getRequestUrl();
    if (url == null) {
      throw new IllegalStateException("the request has no URL");
    }
    return url;
  }

  public Headers getHeaders() {
    return request.getHeaders();
  }

  public @Nullable ByteString getBody() {
    return body.size() == 0 ? null : body;
  }

  public long getBodySize() {
    return request.getBodySize();
  }

  /**
   * Returns the index of the connection. It is correct only if connections are used one after
   * another.
   */
  public int getConnectionIndex() {
    return connection;
  }

  public @Nullable Handshake getHandshake() {
    return request.getHandshake();
  }

  public int getExchangeIndex() {
    return request.getSequenceNumber();
  }
}
