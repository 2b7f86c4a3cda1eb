package io.github.persona4j.testing.internal.state;

import com.google.gson.JsonObject;
import io.github.persona4j.testing.internal.json.Json;
import io.github.persona4j.testing.internal.operation.OperationResult;
import io.github.persona4j.testing.internal.store.ObjectStore;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One-time links to sessions of inquiries, and tokens of sessions. Thread-safe. */
final class AccessLinks {
  /** Reserved domains, so that a link never leads to the real flow. */
  private static final String LONG = "https://inquiry.persona.example/verify?inquiry-id=";

  private static final String SHORT = "https://persona.example/";
  private static final String CODE = "&code=";

  private final ObjectStore store;
  private final InstantSource clock;
  private final Map<String, Target> targets = new HashMap<>();
  private final Set<String> used = new HashSet<>();

  private record Target(String sessionId, boolean once, @Nullable Instant expiresAt) {}

  /** A one-time link in both forms. */
  record Link(String url, String shortUrl) {
    /** Returns the result with both forms in its {@code meta}. */
    OperationResult addTo(OperationResult result) {
      return result.withMeta("one-time-link", url).withMeta("one-time-link-short", shortUrl);
    }
  }

  AccessLinks(ObjectStore store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  /** Creates a link to a session; it does not expire if the time is null. */
  synchronized Link link(String inquiryId, String sessionId, @Nullable Instant expiresAt) {
    String code = store.newId("code");
    targets.put(code, new Target(sessionId, true, expiresAt));
    return new Link(LONG + inquiryId + CODE + code, SHORT + code);
  }

  /** Creates a token of a session, which can be used any number of times. */
  synchronized String token(String sessionId) {
    // Like that of the API, a JWT; it is not signed, and only the fake knows what it is for.
    JsonObject claims =
        Json.object(
            "sub", sessionId,
            "jti", store.newId("session"),
            "iat", clock.instant().getEpochSecond());
    String token =
        base64(Json.object("alg", "none", "typ", "JWT").toString())
            + '.'
            + base64(claims.toString())
            + '.'
            + base64("not signed");
    targets.put(token, new Target(sessionId, false, null));
    return token;
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Uses a token, or uses up a link in one of its forms, and returns the id of the session.
   *
   * @throws IllegalArgumentException if this fake did not create it
   * @throws IllegalStateException if it was used up before, or has expired
   */
  synchronized String open(String tokenOrLink) {
    int code = tokenOrLink.lastIndexOf(CODE);
    String key =
        code >= 0
            ? tokenOrLink.substring(code + CODE.length())
            : tokenOrLink.substring(tokenOrLink.startsWith(SHORT) ? SHORT.length() : 0);
    Target target = targets.get(key);
    if (target == null) {
      throw new IllegalArgumentException("the fake has not created this link or token");
    }
    if (target.expiresAt() != null && !target.expiresAt().isAfter(clock.instant())) {
      throw new IllegalStateException("the one-time link has expired");
    }
    if (target.once() && !used.add(key)) {
      throw new IllegalStateException("the one-time link was used before");
    }
    return target.sessionId();
  }
}
