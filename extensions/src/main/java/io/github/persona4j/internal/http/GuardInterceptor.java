package io.github.persona4j.internal.http;

import java.io.IOException;
import okhttp3.Interceptor;
import okhttp3.Response;

/**
 * The first interceptor. Wraps exceptions that OkHttp does not handle, which would end the thread
 * of an enqueued call, and closes the response after a failure.
 */
final class GuardInterceptor implements Interceptor {
  @Override
  public Response intercept(Chain chain) throws IOException {
    try {
      return chain.proceed(chain.request());
    } catch (Throwable e) {
      Attempt attempt = Attempt.of(chain);
      if (attempt != null) {
        attempt.closeNetworkResponse();
      }
      if (e instanceof IOException) {
        throw e;
      }
      // OkHttp's wait for a connection throws it undeclared, as Kotlin code can.
      if (e instanceof InterruptedException) {
        Thread.currentThread().interrupt();
        IOException stopped = StopReason.INTERRUPTED.exception();
        stopped.initCause(e);
        throw stopped;
      }
      throw new UserCodeException(e);
    }
  }
}
