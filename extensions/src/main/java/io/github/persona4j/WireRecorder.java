package io.github.persona4j;

import java.io.IOException;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;

/**
 * Stands where a connection is open and the request begins to be sent: a failure before it cannot
 * have reached the server.
 */
final class WireRecorder implements Interceptor {
  @Override
  public Response intercept(Chain chain) throws IOException {
    Request request = chain.request();
    CallRecord record = request.tag(CallRecord.class);
    if (record != null) {
      record.left = true;
    }
    Response answer = chain.proceed(request);
    // OkHttp would send the request again by itself, even a POST.
    if (answer.code() == 503 && "0".equals(answer.header("Retry-After"))) {
      return answer.newBuilder().removeHeader("Retry-After").build();
    }
    return answer;
  }
}
