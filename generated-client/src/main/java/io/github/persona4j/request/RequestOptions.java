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
 * Options of one call, or of all calls of a client. The client determines options that are not set.
 *
 * <p>They apply to calls of {@code PersonaClient}; with plain Retrofit they are only a tag of the
 * request. Immutable and thread-safe.
 * <!-- code: examples/src/test/java/io/github/persona4j/examples/ReadmeSnippets.java#idempotency-keys -->
 *
 * <pre>{@code
 * RequestOptions options =
 *     RequestOptions.builder().idempotencyKey(key).callTimeout(Duration.ofSeconds(20)).build();
 * Inquiry created =
 *     persona.inquiries().create(a -> a.inquiryTemplateId("itmpl_1"), options).data();
 * }</pre>
 */
public final class RequestOptions {
  private static final RequestOptions NONE = new Builder().build();

  // The client sets these: a response in another casing or version cannot be decoded.
  private static final Set<String> MANAGED =
      Set.of(
          "authorization",
          "persona-version",
          "key-inflection",
          "idempotency-key",
          "content-type",
          "accept-encoding");

  // OkHttp sets these, which determine the length of a message and the use of its connection (RFC
  // 9110 and 9112). With "Expect: 100-continue" the body waits for a response that is optional.
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
  private final transient @Nullable String apiKey; // not written by Gson
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

  /** Returns options of which none is set. */
  public static RequestOptions none() {
    return NONE;
  }

  /** Returns a builder without options. */
  public static Builder builder() {
    return new Builder();
  }

  /** Returns a builder with these options. */
  public Builder toBuilder() {
    Builder builder = new Builder();
    builder.setAll(this);
    return builder;
  }

  /**
   * Returns these options with defaults for those that are not set. Headers of both are combined.
   *
   * @param defaults the options to use where none is set here
   */
  public RequestOptions withDefaults(RequestOptions defaults) {
    if (Objects.requireNonNull(defaults, "defaults") == NONE) {
      return this;
    }
    if (this == NONE) {
      return defaults;
    }
    Builder builder = defaults.toBuilder();
    builder.setAll(this);
    return builder.build();
  }

  /**
   * Returns the key under which the API stores the result of a POST; null if the client creates
   * one.
   */
  public @Nullable String idempotencyKey() {
    return idempotencyKey;
  }

  /** Returns the additional headers; unmodifiable. */
  public Map<String, String> headers() {
    return headers;
  }

  /** Returns the API key; null for that of the client. Secret. */
  public @Nullable String apiKey() {
    return apiKey;
  }

  /** Returns the API version; null for that of the client. */
  public @Nullable String apiVersion() {
    return apiVersion;
  }

  /** Returns the timeout of the whole call including retries; null for that of the client. */
  public @Nullable Duration callTimeout() {
    return callTimeout;
  }

  /** Returns the connect timeout; null for that of the client. */
  public @Nullable Duration connectTimeout() {
    return connectTimeout;
  }

  /** Returns the read timeout; null for that of the client. */
  public @Nullable Duration readTimeout() {
    return readTimeout;
  }

  /** Returns the write timeout; null for that of the client. */
  public @Nullable Duration writeTimeout() {
    return writeTimeout;
  }

  /** Returns the maximum number of retries; null for that of the client. */
  public @Nullable Integer maxRetries() {
    return maxRetries;
  }

  /** Returns the options without keys and values of headers, which may be secret. */
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
   * Builds options. If a value is invalid, its setter throws an exception whose message contains
   * the option and the rule, never the value. Not thread-safe.
   */
  public static final class Builder {
    private static final int MAX_RETRIES = 20;

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
     * Sets the key under which the API stores the first result of a POST for at least 24 hours. A
     * call with the same key is not executed twice.
     *
     * @throws IllegalArgumentException if the key is blank or not printable ASCII
     */
    public Builder idempotencyKey(String idempotencyKey) {
      this.idempotencyKey = checked("idempotencyKey", idempotencyKey);
      return this;
    }

    /**
     * Sets an additional header. It is sent to any host, including those of your own Retrofit
     * interfaces, but not to hosts of files. It replaces a header of the same name, ignoring case.
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
      if (!checked("name", name).chars().allMatch(Builder::isTokenChar)) {
        throw new IllegalArgumentException("name must be a token of HTTP (RFC 9110)");
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
     * Sets another API key than that of the client, such as the key of another environment or an
     * OAuth token.
     *
     * @throws IllegalArgumentException if it is blank or not visible ASCII
     */
    public Builder apiKey(String apiKey) {
      if (checked("apiKey", apiKey).indexOf(' ') >= 0) {
        throw new IllegalArgumentException("apiKey must not contain spaces");
      }
      this.apiKey = apiKey;
      return this;
    }

    /**
     * Sets another API version than that of the client. Models have the properties of the default
     * version: additional properties of another version are kept as unknown properties, renamed
     * ones are missing.
     *
     * @throws IllegalArgumentException if it is not a date such as {@code 2025-12-08}
     */
    public Builder apiVersion(String apiVersion) {
      if (!isDate(Objects.requireNonNull(apiVersion, "apiVersion"))) {
        throw new IllegalArgumentException("apiVersion must be a date in the format YYYY-MM-DD");
      }
      this.apiVersion = apiVersion;
      return this;
    }

    /**
     * Sets the timeout of the whole call, from its start to the end of the response, including
     * retries and waits. A blocking call takes longer only if its thread cannot be interrupted:
     * while the JDK resolves a host name, or while your own interceptor runs.
     *
     * @throws IllegalArgumentException if it is below 1 ms or above 24 days
     */
    public Builder callTimeout(Duration callTimeout) {
      this.callTimeout = checkedTimeout("callTimeout", callTimeout);
      return this;
    }

    /**
     * Sets the connect timeout of each attempt.
     *
     * @throws IllegalArgumentException if it is below 1 ms or above 24 days
     */
    public Builder connectTimeout(Duration connectTimeout) {
      this.connectTimeout = checkedTimeout("connectTimeout", connectTimeout);
      return this;
    }

    /**
     * Sets the read timeout of each attempt.
     *
     * @throws IllegalArgumentException if it is below 1 ms or above 24 days
     */
    public Builder readTimeout(Duration readTimeout) {
      this.readTimeout = checkedTimeout("readTimeout", readTimeout);
      return this;
    }

    /**
     * Sets the write timeout of each attempt.
     *
     * @throws IllegalArgumentException if it is below 1 ms or above 24 days
     */
    public Builder writeTimeout(Duration writeTimeout) {
      this.writeTimeout = checkedTimeout("writeTimeout", writeTimeout);
      return this;
    }

    /**
     * Sets the maximum number of retries; 0 disables retries. The retry policy of the client
     * determines which failures are retried.
     *
     * @throws IllegalArgumentException if it is not from 0 to 20
     */
    public Builder maxRetries(int maxRetries) {
      if (maxRetries < 0 || maxRetries > MAX_RETRIES) {
        throw new IllegalArgumentException("maxRetries must be from 0 to " + MAX_RETRIES);
      }
      this.maxRetries = maxRetries;
      return this;
    }

    /** Returns the options. */
    public RequestOptions build() {
      return new RequestOptions(this);
    }

    private void setAll(RequestOptions options) {
      idempotencyKey = firstSet(options.idempotencyKey, idempotencyKey);
      options.headers.forEach(this::header);
      apiKey = firstSet(options.apiKey, apiKey);
      apiVersion = firstSet(options.apiVersion, apiVersion);
      callTimeout = firstSet(options.callTimeout, callTimeout);
      connectTimeout = firstSet(options.connectTimeout, connectTimeout);
      readTimeout = firstSet(options.readTimeout, readTimeout);
      writeTimeout = firstSet(options.writeTimeout, writeTimeout);
      maxRetries = firstSet(options.maxRetries, maxRetries);
    }

    private static <T> @Nullable T firstSet(@Nullable T value, @Nullable T otherwise) {
      return value == null ? otherwise : value;
    }

    private static String checked(String argument, String text) {
      HeaderValue.check(argument, Objects.requireNonNull(text, argument));
      return text;
    }

    // Without a pattern, which would take longer than all other options of a client.
    private static boolean isDate(String text) {
      for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        boolean valid = (i == 4 || i == 7) ? c == '-' : isDigit(c);
        if (!valid) {
          return false;
        }
      }
      return text.length() == "2025-12-08".length();
    }

    private static boolean isDigit(int c) {
      return c >= '0' && c <= '9';
    }

    private static boolean isTokenChar(int c) {
      return isDigit(c)
          || (c >= 'a' && c <= 'z')
          || (c >= 'A' && c <= 'Z')
          || "!#$%&'*+-.^_`|~".indexOf(c) >= 0;
    }

    private static Duration checkedTimeout(String name, Duration timeout) {
      Objects.requireNonNull(timeout, name);
      // OkHttp stores milliseconds as an int, and zero means no timeout.
      if (timeout.compareTo(Duration.ofMillis(1)) < 0
          || timeout.compareTo(Duration.ofMillis(Integer.MAX_VALUE)) > 0) {
        throw new IllegalArgumentException(name + " must be from 1 ms to 24 days");
      }
      return timeout;
    }
  }
}
