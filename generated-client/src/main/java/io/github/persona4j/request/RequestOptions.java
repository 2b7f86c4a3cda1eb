package io.github.persona4j.request;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a caller may say about one call beside its parameters.
 *
 * <p>Takes effect in calls made through {@code PersonaClient}; plain Retrofit carries it as a tag
 * of the request. Immutable and thread-safe.
 */
public final class RequestOptions {
  private static final RequestOptions NONE = new Builder().build();

  // The client sets these: an answer in another casing or version would not decode.
  private static final Set<String> MANAGED =
      Set.of(
          "authorization",
          "persona-version",
          "key-inflection",
          "idempotency-key",
          "host",
          "content-type",
          "content-length",
          "accept-encoding",
          "transfer-encoding");

  private final @Nullable String idempotencyKey;
  private final Map<String, String> headers;

  private RequestOptions(Builder builder) {
    this.idempotencyKey = builder.idempotencyKey;
    this.headers = Collections.unmodifiableMap(new LinkedHashMap<>(builder.headers));
  }

  /** No options. */
  public static RequestOptions none() {
    return NONE;
  }

  /** A builder without options. */
  public static Builder builder() {
    return new Builder();
  }

  /** The key under which the API stores the result of a POST; null where the client makes one. */
  public @Nullable String idempotencyKey() {
    return idempotencyKey;
  }

  /** Headers to send beside the client's own; unmodifiable. */
  public Map<String, String> headers() {
    return headers;
  }

  /** Which options are set; no values, which may be secret. */
  @Override
  public String toString() {
    return "RequestOptions{idempotencyKey="
        + (idempotencyKey == null ? "unset" : "set")
        + ", headers="
        + headers.keySet()
        + "}";
  }

  /** Builds options. Not thread-safe. */
  public static final class Builder {
    private @Nullable String idempotencyKey;
    private final Map<String, String> headers = new LinkedHashMap<>();

    private Builder() {}

    /**
     * The key under which the API stores the first result of a POST for at least 24 hours: the same
     * call under the same key is not carried out twice.
     *
     * @throws IllegalArgumentException if the key is blank or not printable ASCII
     */
    public Builder idempotencyKey(String key) {
      this.idempotencyKey = checked("idempotencyKey", key);
      return this;
    }

    /**
     * A header to send.
     *
     * @throws IllegalArgumentException if the client sets this header itself, or if the name or
     *     value is blank or not printable ASCII
     */
    public Builder header(String name, String value) {
      if (MANAGED.contains(checked("name", name).toLowerCase(Locale.ROOT))) {
        throw new IllegalArgumentException("name: the client sets " + name + " itself");
      }
      headers.put(name, checked("value", value));
      return this;
    }

    /** The options. */
    public RequestOptions build() {
      return new RequestOptions(this);
    }

    private static String checked(String argument, String text) {
      if (Objects.requireNonNull(text, argument).isBlank()) {
        throw new IllegalArgumentException(argument + " must not be blank");
      }
      if (!text.chars().allMatch(c -> c >= ' ' && c < 0x7f)) {
        throw new IllegalArgumentException(argument + " must be printable ASCII");
      }
      return text;
    }
  }
}
