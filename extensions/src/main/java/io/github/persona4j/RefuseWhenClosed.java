package io.github.persona4j;

import java.io.IOException;
import okhttp3.Interceptor;
import okhttp3.Response;

/** Stops Retrofit calls that are made after the client was closed. */
final class RefuseWhenClosed implements Interceptor {
  private final Lifecycle lifecycle;

  RefuseWhenClosed(Lifecycle lifecycle) {
    this.lifecycle = lifecycle;
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    if (lifecycle.isClosed()) {
      // Anything unchecked would reach an asynchronous call as a crash of its thread.
      throw new IOException(Lifecycle.CLOSED);
    }
    return chain.proceed(chain.request());
  }
}
