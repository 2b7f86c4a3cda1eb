package io.github.persona4j;

import io.github.persona4j.file.FileRules;
import io.github.persona4j.json.JsonLimits;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * What a client and all that are derived from it have in common.
 *
 * @param transport sends single attempts
 * @param baseUrl where the API lives
 * @param fileRules where files may come from
 * @param jsonLimits how large JSON may be that is decoded
 * @param environment looks at every key; null for no such check
 * @param listeners hear of every call; null for nobody
 */
record SharedParts(
    Transport transport,
    HttpUrl baseUrl,
    Time time,
    RatePacers pacers,
    FileRules fileRules,
    JsonLimits jsonLimits,
    @Nullable EnvironmentCheck environment,
    CallListener.@Nullable Factory listeners) {

  /**
   * Whether this leads to the API: the key, its limits and its idempotency keys are for it alone.
   */
  boolean isApi(HttpUrl url) {
    return DefaultHeaders.sameOrigin(url, baseUrl);
  }
}
