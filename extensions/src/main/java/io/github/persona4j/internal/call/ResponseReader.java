package io.github.persona4j.internal.call;

import io.github.persona4j.internal.http.Attempt;
import io.github.persona4j.internal.http.BodyTimeout;
import io.github.persona4j.internal.http.ContentEncoding;
import io.github.persona4j.internal.http.ForeignResponseException;
import io.github.persona4j.internal.http.InvokedMethod;
import io.github.persona4j.internal.http.PooledConnections;
import io.github.persona4j.internal.http.ResourceMatcher;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import okhttp3.Connection;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the body of a response as a part of its attempt, so that a connection failure within the
 * body can be retried. It buffers the first MiB of a body that is decoded. The rest is decoded as
 * it arrives. Other bodies are streams.
 */
final class ResponseReader {
  private static final long READ_AHEAD = 1024L * 1024;

  private final Request request;
  private final Duration bodyTimeout;
  private final long maxResponseBytes;
  private final StreamedBody.Owner owner;
  private volatile boolean streaming;

  ResponseReader(
      Request request, Duration bodyTimeout, long maxResponseBytes, StreamedBody.Owner owner) {
    this.request = request;
    this.bodyTimeout = bodyTimeout;
    this.maxResponseBytes = maxResponseBytes;
    this.owner = owner;
  }

  /** Reads a successful response. The body of an error response is already in memory. */
  Response read(Response response, @Nullable Attempt attempt) throws IOException {
    if (!response.isSuccessful()) {
      return response;
    }
    BodyReceiver receiver = request.tag(BodyReceiver.class);
    if (receiver != null || !InvokedMethod.returnsJson(request)) {
      Response open = response.newBuilder().body(stream(response.body(), false)).build();
      if (receiver != null) {
        receiver.receive(open);
      }
      return open;
    }
    ContentEncoding.check(response);
    BodyTimeout timeout = BodyTimeout.start(response.body(), bodyTimeout);
    boolean hasMore = buffer(response.body(), READ_AHEAD, timeout);
    Connection reused = attempt == null ? null : attempt.reusedConnection();
    if (attempt != null && reused != null) {
      try {
        hasMore = checkResource(response, hasMore, timeout);
      } catch (ForeignResponseException e) {
        PooledConnections.close(reused);
        attempt.forgetResponse();
        throw e;
      }
    }
    return hasMore
        ? response.newBuilder().body(timeout.limit(stream(response.body(), true))).build()
        : inMemory(response);
  }

  /**
   * Returns a response that contains only the bytes of the body, without wrappers of interceptors.
   */
  private static Response inMemory(Response response) throws IOException {
    Buffer bytes = new Buffer();
    MediaType type = response.body().contentType();
    try (ResponseBody body = response.body()) {
      body.source().readAll(bytes);
    }
    return response.newBuilder().body(ResponseBody.create(bytes, type, bytes.size())).build();
  }

  /**
   * Fills the buffer from which the decoder reads, so that nothing is copied.
   *
   * @return whether the body has that many bytes
   */
  private static boolean buffer(ResponseBody body, long bytes, BodyTimeout timeout)
      throws IOException {
    try {
      return body.source().request(bytes);
    } catch (InterruptedIOException e) {
      throw timeout.reported(e);
    } catch (IOException e) {
      throw ContentEncoding.reported(e);
    }
  }

  /**
   * Compares the resource in the response with the one that the path names. On a reused HTTP/1.1
   * connection, a response may belong to another request. Buffers as much of the body as necessary.
   *
   * @param hasMore whether the body is longer than what is buffered
   * @return whether the body is longer than what is buffered now
   */
  private boolean checkResource(Response response, boolean hasMore, BodyTimeout timeout)
      throws IOException {
    Buffer buffered = response.body().source().getBuffer();
    boolean more = hasMore;
    ResourceMatcher.Match match = ResourceMatcher.compare(request, buffered, !more);
    while (match == ResourceMatcher.Match.UNDECIDED && buffered.size() < maxResponseBytes) {
      more = buffer(response.body(), 2 * buffered.size(), timeout);
      match = ResourceMatcher.compare(request, buffered, !more);
    }
    if (match == ResourceMatcher.Match.NO) {
      throw new ForeignResponseException("the response holds another resource than its path names");
    }
    return more;
  }

  private ResponseBody stream(ResponseBody body, boolean decoded) {
    streaming = true;
    return StreamedBody.of(body, owner, decoded);
  }

  /** Whether a body is being read as a stream. */
  boolean isStreaming() {
    return streaming;
  }

  /** The streamed body has ended. */
  void ended() {
    streaming = false;
  }
}
