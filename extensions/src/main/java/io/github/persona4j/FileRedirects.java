package io.github.persona4j;

import io.github.persona4j.file.FileRequest;
import io.github.persona4j.file.OpenEnd;
import java.io.IOException;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Follows the redirects of requests for files, to places that files may come from. All other
 * requests pass; of their answers, those that may be stored as files get a mark if nobody can tell
 * whether they are complete.
 */
final class FileRedirects implements Interceptor {
  private static final int MOST = 5;

  @Override
  public Response intercept(Chain chain) throws IOException {
    Request request = chain.request();
    FileRequest file = request.tag(FileRequest.class);
    Response answer = chain.proceed(request);
    if (file == null) {
      return Outcome.isJson(request) ? answer : OpenEnd.marked(answer);
    }
    for (int i = 0; i < MOST; i++) {
      HttpUrl target = target(answer);
      if (target == null || !file.allows(target)) {
        break;
      }
      answer.close();
      answer = chain.proceed(request.newBuilder().url(target).build());
    }
    file.answered(answer, CallRecord.failedCall(answer.request(), answer));
    return answer;
  }

  private static @Nullable HttpUrl target(Response answer) {
    String location = answer.isRedirect() ? answer.header("Location") : null;
    return location == null ? null : answer.request().url().resolve(location);
  }
}
