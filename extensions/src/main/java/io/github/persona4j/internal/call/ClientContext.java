package io.github.persona4j.internal.call;

import io.github.persona4j.internal.http.FileRules;
import io.github.persona4j.internal.http.Origins;
import io.github.persona4j.internal.http.Transport;
import io.github.persona4j.internal.retry.RateLimiters;
import io.github.persona4j.internal.retry.TimeSource;
import io.github.persona4j.json.JsonLimits;
import java.util.function.Consumer;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * The state that a client shares with the clients derived from it.
 *
 * @param baseUrl the base URL of the API
 * @param errorDetails whether messages of exceptions have the titles and details of errors
 * @param keyListener is notified of every key of the client or of a call; null for none
 * @param observers are notified of every call; null for none
 */
public record ClientContext(
    Transport transport,
    CompletionExecutor completions,
    HttpUrl baseUrl,
    TimeSource time,
    RateLimiters rateLimiters,
    FileRules fileRules,
    JsonLimits jsonLimits,
    boolean errorDetails,
    @Nullable Consumer<String> keyListener,
    CallObserver.@Nullable Factory observers) {

  /** Whether a request goes to the API, which alone gets API keys and idempotency keys. */
  boolean isApi(HttpUrl url) {
    return Origins.isSame(url, baseUrl);
  }
}
