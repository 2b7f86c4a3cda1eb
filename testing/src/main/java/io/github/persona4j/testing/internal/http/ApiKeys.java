package io.github.persona4j.testing.internal.http;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The credentials that the fake accepts: API keys and access tokens. Thread-safe. */
public final class ApiKeys {
  private static final String SCHEME = "bearer ";

  private final List<Predicate<String>> sources = new CopyOnWriteArrayList<>();

  /** Accepts this key and no other until a source is added. */
  public ApiKeys(String key) {
    sources.add(key::equals);
  }

  /** Adds keys or tokens that come and go. */
  public void addSource(Predicate<String> accepts) {
    sources.add(accepts);
  }

  /** Returns the accepted key or token in this value of {@code Authorization}; null if none. */
  @Nullable String accepted(@Nullable String authorization) {
    if (authorization == null || !authorization.toLowerCase(Locale.ROOT).startsWith(SCHEME)) {
      return null;
    }
    String key = authorization.substring(SCHEME.length());
    return sources.stream().anyMatch(source -> source.test(key)) ? key : null;
  }
}
