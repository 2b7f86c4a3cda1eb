package io.github.persona4j.testing.internal.http;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A received request with its key. Tests get a recorded request, which does not have it. */
public final class ApiRequest {
  /** The maximum size of a multipart body in bytes. */
  public static final int MAX_MULTIPART = 32 << 20;

  /** The maximum size of any other body in bytes. */
  public static final int MAX_BODY = 8 << 20;

  private final String method;
  private final String path;
  private final @Nullable String rawQuery;
  private final Headers headers;
  private final byte[] body;
  private final boolean tooLarge;

  /** Reads the whole body; if it is too large, reads on, but keeps nothing of it. */
  public ApiRequest(HttpExchange exchange) throws IOException {
    this.method = exchange.getRequestMethod();
    this.path = Objects.requireNonNullElse(exchange.getRequestURI().getPath(), "");
    this.rawQuery = exchange.getRequestURI().getRawQuery();
    this.headers = exchange.getRequestHeaders();
    int limit = isMultipart() ? MAX_MULTIPART : MAX_BODY;
    InputStream in = exchange.getRequestBody();
    byte[] read = in.readNBytes(limit + 1);
    this.tooLarge = read.length > limit;
    if (tooLarge) {
      in.transferTo(OutputStream.nullOutputStream()); // or the client gets no response
    }
    this.body = tooLarge ? new byte[0] : read;
  }

  private boolean isMultipart() {
    String type = header("Content-Type");
    return type != null && type.toLowerCase(Locale.ROOT).startsWith("multipart/");
  }

  private ApiRequest(ApiRequest request, Headers headers) {
    this.method = request.method;
    this.path = request.path;
    this.rawQuery = request.rawQuery;
    this.headers = headers;
    this.body = request.body;
    this.tooLarge = request.tooLarge;
  }

  /** Returns a copy with a header set. */
  public ApiRequest withHeader(String name, String value) {
    Headers changed = new Headers();
    changed.putAll(headers);
    changed.set(name, value);
    return new ApiRequest(this, changed);
  }

  public String method() {
    return method;
  }

  public String path() {
    return path;
  }

  public @Nullable String rawQuery() {
    return rawQuery;
  }

  public Headers headers() {
    return headers;
  }

  public @Nullable String header(String name) {
    return headers.getFirst(name);
  }

  /** Returns the key or token in the header {@code Authorization}; empty if there is none. */
  public String credential() {
    String authorization = header("Authorization");
    int space = authorization == null ? -1 : authorization.indexOf(' ');
    return authorization == null || space < 0 ? "" : authorization.substring(space + 1);
  }

  /** Returns whether the body was above the limit; it is empty then. */
  boolean isTooLarge() {
    return tooLarge;
  }

  /** Returns the bytes, not a copy. */
  public byte[] body() {
    return body;
  }

  public String bodyText() {
    return new String(body, StandardCharsets.UTF_8);
  }
}
