package io.github.persona4j.request;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a caller may say about one call beside its parameters, or about all calls of a client. What
 * is not set here is decided by the client.
 *
 * <p>Takes effect in calls made through {@code PersonaClient}; plain Retrofit carries it as a tag
 * of the request. Immutable and thread-safe.
 */
public final class RequestOptions {
  private static final RequestOptions NONE = new Builder().build();

  // The client sets these: a response in another casing or version would not decode.
  private static final Set<String> MANAGED =
      Set.of(
          "authorization",
          "persona-version",
          "key-inflection",
          "idempotency-key",
          "content-type",
          "accept-encoding");

  // These say where a message ends and what its connection does (RFC 9110 and 9112), which OkHttp
  // decides. With "Expect: 100-continue" the body waits for a response that need not come.
  private static final Set<String> CONNECTION =
      Set.of(
          "connection",
          "content-length",
          "expect",
          "host",
          "http2-settings",
          "keep-alive",
          "proxy-connection",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  private final @Nullable String idempotencyKey;
  private final Map<String, String> headers;
  private final @Nullable String apiKey;
  private final @Nullable String apiVersion;
  private final @Nullable Duration callTimeout;
  private final @Nullable Duration connectTimeout;
  private final @Nullable Duration readTimeout;
  private final @Nullable Duration writeTimeout;
  private final @Nullable Integer maxRetries;

  private RequestOptions(Builder builder) {
    this.idempotencyKey = builder.idempotencyKey;
    this.headers = Collections.unmodifiableMap(new LinkedHashMap<>(builder.headers));
    this.apiKey = builder.apiKey;
    this.apiVersion = builder.apiVersion;
    this.callTimeout = builder.callTimeout;
    this.connectTimeout = builder.connectTimeout;
    this.readTimeout = builder.readTimeout;
    this.writeTimeout = builder.writeTimeout;
    this.maxRetries = builder.maxRetries;
  }

  /** No options. */
  public static RequestOptions none() {
    return NONE;
  }

  /** A builder without options. */
  public static Builder builder() {
    return new Builder();
  }

  /** A builder that starts with these options. */
  public Builder toBuilder() {
    Builder builder = new Builder();
    builder.take(this);
    return builder;
  }

  /**
   * These options, and where they are silent, those: the values given here win, and headers are
   * joined.
   *
   * @param defaults what holds where nothing is set here
   */
  public RequestOptions withDefaults(RequestOptions defaults) {
    if (Objects.requireNonNull(defaults, "defaults") == NONE) {
      return this;
    }
    if (this == NONE) {
      return defaults;
    }
    Builder builder = defaults.toBuilder();
    builder.take(this);
    return builder.build();
  }

  /** The key under which the API stores the result of a POST; null where the client makes one. */
  public @Nullable String idempotencyKey() {
    return idempotencyKey;
  }

  /** Headers to send beside the client's own; unmodifiable. */
  public Map<String, String> headers() {
    return headers;
  }

  /** The API key to call with; null for the client's. Secret. */
  public @Nullable String apiKey() {
    return apiKey;
  }

  /** The API version to ask for; null for the client's. */
  public @Nullable String apiVersion() {
    return apiVersion;
  }

  /** How long the whole call may take with all its retries; null for the client's limit. */
  public @Nullable Duration callTimeout() {
    return callTimeout;
  }

  /** How long opening a connection may take; null for the client's limit. */
  public @Nullable Duration connectTimeout() {
    return connectTimeout;
  }

  /** How long the server may stay silent; null for the client's limit. */
  public @Nullable Duration readTimeout() {
    return readTimeout;
  }

  /** How long the server may refuse to take data; null for the client's limit. */
  public @Nullable Duration writeTimeout() {
    return writeTimeout;
  }

  /** How often a failed request may be sent again; null for the client's number. */
  public @Nullable Integer maxRetries() {
    return maxRetries;
  }

  /** Which options are set; of texts no values, which may be secret. */
  @Override
  public String toString() {
    StringBuilder text =
        new StringBuilder("RequestOptions{idempotencyKey=")
            .append(idempotencyKey == null ? "unset" : "set")
            .append(", headers=")
            .append(headers.keySet());
    append(text, "apiKey", apiKey == null ? null : "set");
    append(text, "apiVersion", apiVersion);
    append(text, "callTimeout", callTimeout);
    append(text, "connectTimeout", connectTimeout);
    append(text, "readTimeout", readTimeout);
    append(text, "writeTimeout", writeTimeout);
    append(text, "maxRetries", maxRetries);
    return text.append('}').toString();
  }

  private static void append(StringBuilder text, String name, @Nullable Object value) {
    if (value != null) {
      text.append(", ").append(name).append('=').append(value);
    }
  }

  /**
   * Builds options. Each setter refuses a bad value with a message that names the option and the
   * rule, never the value. Not thread-safe.
   */
  public static final class Builder {
    private static final int MOST_RETRIES = 20;

    private @Nullable String idempotencyKey;
    private final Map<String, String> headers = new LinkedHashMap<>();
    private @Nullable String apiKey;
    private @Nullable String apiVersion;
    private @Nullable Duration callTimeout;
    private @Nullable Duration connectTimeout;
    private @Nullable Duration readTimeout;
    private @Nullable Duration writeTimeout;
    private @Nullable Integer maxRetries;

    private Builder() {}

    /**
     * The key under which the API stores the first result of a POST for at least 24 hours: the same
     * call under the same key is not carried out twice.
     *
     * @throws IllegalArgumentException if the key is blank or not printable ASCII
     */
    public Builder idempotencyKey(String idempotencyKey) {
      this.idempotencyKey = checked("idempotencyKey", idempotencyKey);
      return this;
    }

    /**
     * A header to send, wherever the call goes: a call of an interface of one's own that leads to
     * another host carries it too. A name that was given before, in whatever case, gets the new
     * value.
     *
     * <p>Refused are the headers that the client sets itself ({@code Accept-Encoding}, {@code
     * Authorization}, {@code Content-Type}, {@code Idempotency-Key}, {@code Key-Inflection}, {@code
     * Persona-Version}), those that govern the connection or the length of the message ({@code
     * Connection}, {@code Content-Length}, {@code Expect}, {@code Host}, {@code HTTP2-Settings},
     * {@code Keep-Alive}, {@code Proxy-Connection}, {@code TE}, {@code Trailer}, {@code
     * Transfer-Encoding}, {@code Upgrade}), and {@code Content-Encoding}, since bodies are sent
     * unencoded.
     *
     * @throws IllegalArgumentException if the header is one of these, if the name is no token of
     *     HTTP (RFC 9110), or if the value is blank or not printable ASCII
     */
    public Builder header(String name, String value) {
      Objects.requireNonNull(value, "value");
      if (!checked("name", name).chars().allMatch(Builder::isOfToken)) {
        throw new IllegalArgumentException("name must be letters, digits and hyphens");
      }
      String lower = name.toLowerCase(Locale.ROOT);
      if (MANAGED.contains(lower)) {
        throw new IllegalArgumentException("name: the client sets " + name + " itself");
      }
      if (lower.equals("content-encoding")) {
        throw new IllegalArgumentException(
            "name: " + name + " is not sent, since the client sends bodies unencoded");
      }
      if (CONNECTION.contains(lower)) {
        throw new IllegalArgumentException(
            "name: " + name + " governs the connection, which the client sets up itself");
      }
      String text = checked("value", value);
      headers.keySet().removeIf(name::equalsIgnoreCase);
      headers.put(name, text);
      return this;
    }

    /**
     * Another API key than the client's, such as that of another environment or an OAuth token.
     *
     * @throws IllegalArgumentException if it is blank or holds anything but visible ASCII
     */
    public Builder apiKey(String apiKey) {
      if (checked("apiKey", apiKey).indexOf(' ') >= 0) {
        throw new IllegalArgumentException("apiKey must not hold spaces");
      }
      this.apiKey = apiKey;
      return this;
    }

    /**
     * Another API version than the client's. Models fit the client's default version; what another
     * one adds is kept as unknown properties, what it renames is missing.
     *
     * @throws IllegalArgumentException if it is no date such as {@code 2025-12-08}
     */
    public Builder apiVersion(String apiVersion) {
      if (!isDate(Objects.requireNonNull(apiVersion, "apiVersion"))) {
        throw new IllegalArgumentException("apiVersion must be a date of the form YYYY-MM-DD");
      }
      this.apiVersion = apiVersion;
      return this;
    }

    /**
     * How long the whole call may take, from its start to the end of the answer, with all retries
     * and all waiting. A thread that waits for its answer is held longer only where nothing can
     * wake it: while the JDK looks up a host name, or while an interceptor of one's own works.
     *
     * @throws IllegalArgumentException if it is below 1 ms or above 24 days
     */
    public Builder callTimeout(Duration callTimeout) {
      this.callTimeout = checkedTimeout("callTimeout", callTimeout);
      return this;
    }

    /**
     * How long opening a connection may take, in each attempt.
     *
     * @throws IllegalArgumentException if it is below 1 ms or above 24 days
     */
    public Builder connectTimeout(Duration connectTimeout) {
      this.connectTimeout = checkedTimeout("connectTimeout", connectTimeout);
      return this;
    }

    /**
     * How long the server may stay silent, in each attempt.
     *
     * @throws IllegalArgumentException if it is below 1 ms or above 24 days
     */
    public Builder readTimeout(Duration readTimeout) {
      this.readTimeout = checkedTimeout("readTimeout", readTimeout);
      return this;
    }

    /**
     * How long the server may refuse to take data, in each attempt.
     *
     * @throws IllegalArgumentException if it is below 1 ms or above 24 days
     */
    public Builder writeTimeout(Duration writeTimeout) {
      this.writeTimeout = checkedTimeout("writeTimeout", writeTimeout);
      return this;
    }

    /**
     * How often a failed request may be sent again, 0 for never. Which failures are worth another
     * request is the client's retry policy to say.
     *
     * @throws IllegalArgumentException if it is not from 0 to 20
     */
    public Builder maxRetries(int maxRetries) {
      if (maxRetries < 0 || maxRetries > MOST_RETRIES) {
        throw new IllegalArgumentException("maxRetries must be from 0 to " + MOST_RETRIES);
      }
      this.maxRetries = maxRetries;
      return this;
    }

    /** The options. */
    public RequestOptions build() {
      return new RequestOptions(this);
    }

    private void take(RequestOptions options) {
      idempotencyKey = first(options.idempotencyKey, idempotencyKey);
      options.headers.forEach(this::header);
      apiKey = first(options.apiKey, apiKey);
      apiVersion = first(options.apiVersion, apiVersion);
      callTimeout = first(options.callTimeout, callTimeout);
      connectTimeout = first(options.connectTimeout, connectTimeout);
      readTimeout = first(options.readTimeout, readTimeout);
      writeTimeout = first(options.writeTimeout, writeTimeout);
      maxRetries = first(options.maxRetries, maxRetries);
    }

    private static <T> @Nullable T first(@Nullable T one, @Nullable T other) {
      return one == null ? other : one;
    }

    private static String checked(String argument, String text) {
      HeaderValue.check(argument, Objects.requireNonNull(text, argument));
      return text;
    }

    // By hand, since every client says a version: a pattern would cost more than all other options.
    private static boolean isDate(String text) {
      for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        boolean right = (i == 4 || i == 7) ? c == '-' : isDigit(c);
        if (!right) {
          return false;
        }
      }
      return text.length() == "2025-12-08".length();
    }

    private static boolean isDigit(int c) {
      return c >= '0' && c <= '9';
    }

    private static boolean isOfToken(int c) {
      return isDigit(c)
          || (c >= 'a' && c <= 'z')
          || (c >= 'A' && c <= 'Z')
          || "!#$%&'*+-.^_`|~".indexOf(c) >= 0;
    }

    private static Duration checkedTimeout(String name, Duration timeout) {
      Objects.requireNonNull(timeout, name);
      // OkHttp counts milliseconds in an int, and takes zero as "no limit".
      if (timeout.compareTo(Duration.ofMillis(1)) < 0
          || timeout.compareTo(Duration.ofMillis(Integer.MAX_VALUE)) > 0) {
        throw new IllegalArgumentException(name + " must be from 1 ms to 24 days");
      }
      return timeout;
    }
  }
}
