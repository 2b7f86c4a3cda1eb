package io.github.persona4j;

import java.io.IOException;
import java.io.InterruptedIOException;
import okhttp3.Interceptor;
import okhttp3.Response;

/**
 * The first of all: stops Retrofit calls that are made after the client was closed, and packs what
 * others throw against OkHttp's rules, which would end the thread of an enqueued call. The
 * connection is free again after every failure.
 */
final class Entrance implements Interceptor {
  private final Lifecycle lifecycle;

  Entrance(Lifecycle lifecycle) {
    this.lifecycle = lifecycle;
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    if (lifecycle.isClosed()) {
      throw new InterruptedIOException(Lifecycle.CLOSED);
    }
    try {
      return chain.proceed(chain.request());
    } catch (Throwable e) {
      CallRecord record = CallRecord.of(chain);
      if (record != null) {
        record.closeNetworkResponse();
      }
      if (e instanceof IOException) {
        throw e;
      }
      // Kotlin declares no exceptions: OkHttp's wait for a connection ends with one that Java
      // would have to catch.
      if (e instanceof InterruptedException) {
        Thread.currentThread().interrupt();
        InterruptedIOException stopped = new InterruptedIOException("interrupted");
        stopped.initCause(e);
        throw stopped;
      }
      throw new CallFault(e);
    }
  }
}
