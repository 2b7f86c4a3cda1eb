package io.github.persona4j.internal.file;

import io.github.persona4j.error.FailedCall;
import io.github.persona4j.error.MalformedResponseException;
import io.github.persona4j.error.PersonaException;
import io.github.persona4j.file.Download;
import io.github.persona4j.internal.call.CallSender;
import io.github.persona4j.internal.call.FailureMapper;
import io.github.persona4j.internal.call.OperationRunner;
import io.github.persona4j.internal.http.FileRules;
import io.github.persona4j.response.ApiResponse;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import okhttp3.Request;
import okhttp3.ResponseBody;
import retrofit2.Call;
import retrofit2.Response;

/** Runs the calls of operations over HTTP. */
public final class HttpOperationRunner implements OperationRunner {
  private final CallSender sender;
  private final FileRules rules;

  public HttpOperationRunner(CallSender sender, FileRules rules) {
    this.sender = sender;
    this.rules = rules;
  }

  @Override
  public <T> T run(Call<T> call) {
    return sender.run(call);
  }

  @Override
  public Download open(Call<ResponseBody> call) {
    return sender.send(call, this::file);
  }

  @Override
  public <T> CompletableFuture<T> start(Call<T> call) {
    return sender.sendAsync(call, (described, response) -> response.body());
  }

  @Override
  public <T, R> CompletableFuture<R> start(Call<T> call, Function<? super T, ? extends R> result) {
    return sender.sendAsync(call, (described, response) -> result.apply(response.body()));
  }

  @Override
  public CompletableFuture<Download> startOpen(Call<ResponseBody> call) {
    return sender.sendAsync(call, this::file);
  }

  @Override
  public <T> ApiResponse<T> send(Call<T> call) {
    return sender.send(
        call, (described, response) -> ApiResponse.of(described, response.code(), response.body()));
  }

  @Override
  public ApiResponse<Download> sendOpen(Call<ResponseBody> call) {
    return sender.send(
        call,
        (described, response) ->
            ApiResponse.of(described, response.code(), file(described, response)));
  }

  private Download file(FailedCall described, Response<ResponseBody> response) {
    // The API does not redirect, so that this is the request of the call.
    Request request = response.raw().request();
    ResponseBody body = response.body();
    try {
      if (body == null) {
        throw new MalformedResponseException(described, "there is no content", null, null);
      }
      FileResponse.check(response.raw(), body, request, rules.maxSize());
      FileResponse.checkType(response.raw(), body, request);
    } catch (PersonaException e) {
      throw FailureMapper.withEarlier(request, e);
    }
    return new HttpDownload(response.raw(), body, request, rules.maxSize());
  }
}
