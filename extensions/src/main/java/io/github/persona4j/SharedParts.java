package io.github.persona4j;

import io.github.persona4j.file.FileRules;
import java.time.Duration;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.RejectedExecutionException;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * What a client and all that are derived from it have in common.
 *
 * @param http sends single attempts; has no limit of its own for a whole call
 * @param baseUrl where the API lives
 * @param callTimeoutMillis the limit of a whole call where options name none; 0 for none
 * @param fileRules where files may come from
 * @param environment looks at every key; null for no such check
 * @param listeners hear of every call; null for nobody
 */
record SharedParts(
    OkHttpClient http,
    HttpUrl baseUrl,
    Time time,
    RatePacers pacers,
    int callTimeoutMillis,
    FileRules fileRules,
    @Nullable EnvironmentCheck environment,
    CallListener.@Nullable Factory listeners) {

  static SharedParts of(
      OkHttpClient http,
      HttpUrl baseUrl,
      Time time,
      RatePacers pacers,
      FileRules fileRules,
      @Nullable EnvironmentCheck environment,
      CallListener.@Nullable Factory listeners) {
    int whole = http.callTimeoutMillis();
    // The limit is for the whole call; an attempt gets what is left of it.
    OkHttpClient attempts =
        whole == 0 ? http : http.newBuilder().callTimeout(Duration.ZERO).build();
    return new SharedParts(
        attempts, baseUrl, time, pacers, whole, fileRules, environment, listeners);
  }

  /**
   * Whether this leads to the API: the key, its limits and its idempotency keys are for it alone.
   */
  boolean isApi(HttpUrl url) {
    return DefaultHeaders.sameOrigin(url, baseUrl);
  }

  /**
   * Runs something that may block on a thread that nothing else waits for: those of OkHttp's
   * dispatcher, without taking the place of a call there.
   */
  void handOver(Runnable task) {
    try {
      http.dispatcher().executorService().execute(task);
    } catch (RejectedExecutionException e) {
      // The client is closed, and this is how somebody hears of it.
      ForkJoinPool.commonPool().execute(task);
    }
  }
}
