package io.github.persona4j.internal.http;

import io.github.persona4j.request.RequestOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import okhttp3.Interceptor;
import okhttp3.Response;

/** Applies the timeouts in the options of a call to its attempts. */
final class TimeoutInterceptor implements Interceptor {
  @Override
  public Response intercept(Chain chain) throws IOException {
    RequestOptions options = chain.request().tag(RequestOptions.class);
    Chain limited = chain;
    if (options != null) {
      Duration connect = options.connectTimeout();
      if (connect != null) {
        limited = limited.withConnectTimeout((int) connect.toMillis(), TimeUnit.MILLISECONDS);
      }
      Duration read = options.readTimeout();
      if (read != null) {
        limited = limited.withReadTimeout((int) read.toMillis(), TimeUnit.MILLISECONDS);
      }
      Duration write = options.writeTimeout();
      if (write != null) {
        limited = limited.withWriteTimeout((int) write.toMillis(), TimeUnit.MILLISECONDS);
      }
    }
    return limited.proceed(chain.request());
  }
}
