package io.github.persona4j.internal.http;

/** Names of headers that several classes use. */
public final class HeaderNames {
  public static final String IDEMPOTENCY_KEY = "Idempotency-Key";

  private HeaderNames() {}
}
