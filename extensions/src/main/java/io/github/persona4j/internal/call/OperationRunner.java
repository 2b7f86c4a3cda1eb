package io.github.persona4j.internal.call;

import io.github.persona4j.error.PersonaException;
import io.github.persona4j.file.Download;
import okhttp3.ResponseBody;
import retrofit2.Call;

/** Runs the calls of the operation classes. */
public interface OperationRunner {
  /**
   * Makes a call and waits for its response.
   *
   * @return the decoded body
   * @throws PersonaException if the call fails
   */
  <T> T run(Call<T> call);

  /**
   * Makes a call whose response is a file.
   *
   * @return the file, to be closed by the caller
   * @throws PersonaException if the call fails, or if the response is not a whole file
   */
  Download open(Call<ResponseBody> call);
}
