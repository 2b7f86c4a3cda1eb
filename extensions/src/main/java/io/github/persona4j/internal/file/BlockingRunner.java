package io.github.persona4j.internal.file;

import io.github.persona4j.error.MalformedResponseException;
import io.github.persona4j.error.PersonaException;
import io.github.persona4j.file.Download;
import io.github.persona4j.internal.call.CallSender;
import io.github.persona4j.internal.call.CallState;
import io.github.persona4j.internal.call.FailureMapper;
import io.github.persona4j.internal.call.OperationRunner;
import io.github.persona4j.internal.http.FileRules;
import okhttp3.Request;
import okhttp3.ResponseBody;
import retrofit2.Call;
import retrofit2.Response;

/** Runs calls on the thread of the caller. */
public final class BlockingRunner implements OperationRunner {
  private final CallSender sender;
  private final FileRules rules;

  public BlockingRunner(CallSender sender, FileRules rules) {
    this.sender = sender;
    this.rules = rules;
  }

  @Override
  public <T> T run(Call<T> call) {
    return sender.run(call);
  }

  @Override
  public Download open(Call<ResponseBody> call) {
    Response<ResponseBody> response = sender.execute(call);
    PersonaException failure = FailureMapper.exception(call.request(), response);
    if (failure != null) {
      throw failure;
    }
    Request request = call.request();
    ResponseBody body = response.body();
    try {
      if (body == null) {
        throw new MalformedResponseException(
            CallState.describe(request, response.raw()), "there is no content", null, null);
      }
      FileResponse.check(response.raw(), body, request, rules.maxSize());
      FileResponse.checkType(response.raw(), body, request);
    } catch (PersonaException e) {
      throw FailureMapper.withEarlier(request, e);
    }
    return new HttpDownload(response.raw(), body, request, rules.maxSize());
  }
}
