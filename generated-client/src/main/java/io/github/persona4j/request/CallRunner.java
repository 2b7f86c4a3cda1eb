package io.github.persona4j.request;

import retrofit2.Call;

/** Runs calls for the generated classes that wait for the answer. */
public interface CallRunner {
  /**
   * Runs a call and waits for its answer.
   *
   * @return the decoded answer
   * @throws RuntimeException if there is none; which one is the implementation's to say
   */
  <T> T run(Call<T> call);
}
