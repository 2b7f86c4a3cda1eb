package io.github.persona4j.internal.file;

import io.github.persona4j.error.ExpiredLinkException;
import io.github.persona4j.error.FailedCall;
import io.github.persona4j.error.MalformedResponseException;
import io.github.persona4j.error.PersonaApiException;
import io.github.persona4j.error.PersonaException;
import io.github.persona4j.file.Download;
import io.github.persona4j.file.PersonaFiles;
import io.github.persona4j.internal.call.BodyReceiver;
import io.github.persona4j.internal.call.CallSender;
import io.github.persona4j.internal.call.CallState;
import io.github.persona4j.internal.call.FailureMapper;
import io.github.persona4j.internal.call.OperationRunner;
import io.github.persona4j.internal.http.FileRules;
import io.github.persona4j.internal.http.FileTag;
import io.github.persona4j.internal.http.Origins;
import io.github.persona4j.request.RequestOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import okhttp3.HttpUrl;
import okhttp3.ResponseBody;
import org.jspecify.annotations.Nullable;
import retrofit2.Call;
import retrofit2.Response;
import retrofit2.Retrofit;

/** Downloads of files over HTTP. */
public final class HttpFiles implements PersonaFiles {
  private final FileApi api;
  private final CallSender sender;
  private final OperationRunner runner;
  private final FileRules rules;

  public HttpFiles(Retrofit retrofit, CallSender sender, FileRules rules) {
    this.api = retrofit.create(FileApi.class);
    this.sender = sender;
    this.runner = new HttpOperationRunner(sender, rules);
    this.rules = rules;
  }

  @Override
  public Download download(String url, RequestOptions options) {
    BodyReceiver check =
        response -> {
          ResponseBody body = Objects.requireNonNull(response.body());
          FileResponse.check(response, body, response.request(), rules.maxSize());
        };
    Response<ResponseBody> response = sender.execute(call(url, check, options));
    ResponseBody body = checked(response);
    return new HttpDownload(response.raw(), body, response.raw().request(), rules.maxSize());
  }

  @Override
  public Download open(Call<ResponseBody> call) {
    return runner.open(Objects.requireNonNull(call, "call"));
  }

  @Override
  public Path saveAs(String url, Path file, RequestOptions options) throws IOException {
    return save(url, FileTarget.file(file), options);
  }

  @Override
  public Path saveTo(String url, Path folder, RequestOptions options) throws IOException {
    return save(url, FileTarget.in(folder), options);
  }

  private Path save(String url, FileTarget target, RequestOptions options) throws IOException {
    StoringReceiver receiver = new StoringReceiver(target, rules.maxSize());
    Call<ResponseBody> call = call(url, receiver, options);
    target.check();
    checked(sender.executeWithReceiver(call)).close();
    return receiver.stored();
  }

  private Call<ResponseBody> call(String url, BodyReceiver receiver, RequestOptions options) {
    Objects.requireNonNull(options, "options");
    HttpUrl parsed = Origins.parse("url", url);
    if (!rules.allow(parsed)) {
      throw new IllegalArgumentException(
          "url must lead to an origin from which the client's builder allows files"
              + " (allowFilesFrom)");
    }
    return api.get(parsed, FileTag.FILE, receiver, options);
  }

  /** The body of a response that is a file. */
  private ResponseBody checked(Response<ResponseBody> response) {
    // The request of the response is the one after redirects.
    PersonaException failure = FailureMapper.exception(response.raw().request(), response);
    if (failure == null) {
      return Objects.requireNonNull(response.body());
    }
    if (failure instanceof PersonaApiException refused && isExpired(refused.status())) {
      FailedCall call = Objects.requireNonNull(refused.call());
      throw replaced(failure, ExpiredLinkException.of(call, refused.body()));
    }
    MalformedResponseException redirect = unfollowedRedirect(response.raw());
    throw redirect == null ? failure : replaced(failure, redirect);
  }

  private static boolean isExpired(int status) {
    return switch (status) {
      case 401, 403, 404, 410 -> true;
      default -> false;
    };
  }

  private @Nullable MalformedResponseException unfollowedRedirect(okhttp3.Response response) {
    String location = response.isRedirect() ? response.header("Location") : null;
    HttpUrl target = location == null ? null : response.request().url().resolve(location);
    if (target == null) {
      return null;
    }
    String reason =
        rules.allow(target)
            ? "too many redirects"
            : "the link redirects to the host "
                + target.host()
                + ", from which files are not allowed";
    return new MalformedResponseException(
        CallState.describe(response.request(), response), reason, null, null);
  }

  /** Returns an exception that replaces another one, with the failures of earlier attempts. */
  private static <E extends PersonaException> E replaced(PersonaException failure, E by) {
    for (Throwable earlier : failure.getSuppressed()) {
      by.addSuppressed(earlier);
    }
    return by;
  }
}
