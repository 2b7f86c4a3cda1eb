package io.github.persona4j.internal.call;

import io.github.persona4j.internal.http.Attempt;
import io.github.persona4j.internal.http.BodyTimeout;
import io.github.persona4j.internal.http.ContentEncoding;
import io.github.persona4j.internal.http.ForeignResponseException;
import io.github.persona4j.internal.http.InvokedMethod;
import io.github.persona4j.internal.http.PooledConnections;
import io.github.persona4j.internal.http.ReturnedResource;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import okhttp3.Connection;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import org.jspecify.annotations.Nullable;

/**
 * Reads the body of a response as a part of its attempt, so that a connection which breaks within
 * the body is a failure that can be retried. Of a body that is decoded it buffers the first
 * mebibyte; the rest is decoded as it arrives. Other bodies are streams.
 */
final class ResponseReader {
  private static final long READ_AHEAD = 1024L * 1024;

  private final Request request;
  private final Duration bodyTimeout;
  private final StreamedBody.Owner owner;
  private volatile boolean streaming;

  ResponseReader(Request request, Duration bodyTimeout, StreamedBody.Owner owner) {
    this.request = request;
    this.bodyTimeout = bodyTimeout;
    this.owner = owner;
  }

  /** Reads a response, unless it is an error, whose body is in memory. */
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
    boolean hasMore = buffer(response.body(), timeout);
    checkResource(response, attempt);
    return hasMore
        ? response.newBuilder().body(timeout.limit(stream(response.body(), true))).build()
        : response;
  }

  /** Fills the buffer that decoding reads from, so nothing is copied. */
  private static boolean buffer(ResponseBody body, BodyTimeout timeout) throws IOException {
    try {
      return body.source().request(READ_AHEAD);
    } catch (InterruptedIOException e) {
      throw timeout.reported(e);
    } catch (IOException e) {
      throw ContentEncoding.reported(e);
    }
  }

  /** Over an HTTP/1.1 connection that served others before, a response may be one of theirs. */
  private void checkResource(Response response, @Nullable Attempt attempt)
      throws ForeignResponseException {
    if (attempt == null) {
      return;
    }
    Connection reused = attempt.reusedConnection();
    if (reused != null
        && ReturnedResource.isAnother(request, response.body().source().getBuffer())) {
      PooledConnections.close(reused);
      attempt.forgetResponse();
      throw new ForeignResponseException("the response holds another resource than its path names");
    }
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
