package io.github.persona4j.mockserver;

import java.util.concurrent.TimeUnit;
import okhttp3.mockwebserver.SocketPolicy;
import okio.Buffer;

/** A scripted response. */
public final class MockResponse {
  private final okhttp3.mockwebserver.MockResponse response;

  private MockResponse(okhttp3.mockwebserver.MockResponse response) {
    this.response = response;
  }

  okhttp3.mockwebserver.MockResponse response() {
    return response.clone();
  }

  /** Builds responses. */
  public static final class Builder implements Cloneable {
    private okhttp3.mockwebserver.MockResponse response = new okhttp3.mockwebserver.MockResponse();

    public Builder code(int code) {
      response.setResponseCode(code);
      return this;
    }

    public Builder body(String body) {
      response.setBody(body);
      return this;
    }

    public Builder body(Buffer body) {
      response.setBody(body);
      return this;
    }

    public Builder chunkedBody(String body, int size) {
      response.setChunkedBody(body, size);
      return this;
    }

    public Builder addHeader(String name, Object value) {
      response.addHeader(name, value);
      return this;
    }

    public Builder addHeaderLenient(String name, Object value) {
      response.addHeaderLenient(name, value);
      return this;
    }

    public Builder setHeader(String name, Object value) {
      response.setHeader(name, value);
      return this;
    }

    public Builder headersDelay(long delay, TimeUnit unit) {
      response.setHeadersDelay(delay, unit);
      return this;
    }

    public Builder bodyDelay(long delay, TimeUnit unit) {
      response.setBodyDelay(delay, unit);
      return this;
    }

    public Builder throttleBody(long bytes, long period, TimeUnit unit) {
      response.throttleBody(bytes, period, unit);
      return this;
    }

    public Builder onResponseStart(SocketEffect effect) {
      if (effect instanceof SocketEffect.CloseStream reset) {
        response.setHttp2ErrorCode(reset.http2ErrorCode());
        return policy(SocketPolicy.RESET_STREAM_AT_START);
      }
      return policy(
          effect instanceof SocketEffect.Stall
              ? SocketPolicy.NO_RESPONSE
              : SocketPolicy.DISCONNECT_AFTER_REQUEST);
    }

    public Builder onResponseBody(SocketEffect effect) {
      if (effect instanceof SocketEffect.Stall) {
        throw new UnsupportedOperationException(
            "The mock server of OkHttp 4 cannot stall within a body");
      }
      return policy(SocketPolicy.DISCONNECT_DURING_RESPONSE_BODY);
    }

    public Builder onResponseEnd(SocketEffect effect) {
      return policy(
          effect instanceof SocketEffect.Stall
              ? SocketPolicy.KEEP_OPEN
              : SocketPolicy.DISCONNECT_AT_END);
    }

    private Builder policy(SocketPolicy policy) {
      response.setSocketPolicy(policy);
      return this;
    }

    @Override
    public Builder clone() {
      try {
        Builder copy = (Builder) super.clone();
        copy.response = response.clone();
        return copy;
      } catch (CloneNotSupportedException e) {
        throw new AssertionError(e);
      }
    }

    public MockResponse build() {
      return new MockResponse(response.clone());
    }
  }
}
