package io.github.persona4j.request;

import retrofit2.Call;

/** Executes calls for the generated classes with blocking methods. */
public interface CallRunner {
  /**
   * Executes a call and waits for its response.
   *
   * @return the decoded response
   * @throws RuntimeException if the call fails; the implementation determines its type
   */
  <T> T run(Call<T> call);
}
