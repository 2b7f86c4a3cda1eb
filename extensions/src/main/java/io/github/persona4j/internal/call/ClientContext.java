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
 * What a client and all clients derived from it share.
 *
 * @param baseUrl where the API lives
 * @param keyListener is given every key of the client or of one call; null for none
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
    @Nullable Consumer<String> keyListener,
    CallObserver.@Nullable Factory observers) {

  /** Whether a request goes to the API, for which the key and the idempotency keys are. */
  boolean isApi(HttpUrl url) {
    return Origins.isSame(url, baseUrl);
  }
}
