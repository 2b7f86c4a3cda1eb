package io.github.persona4j;

import io.github.persona4j.json.JsonValue;
import io.github.persona4j.model.InquiryFieldValues;
import io.github.persona4j.request.UrlArgument;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * Builds the URL of the page on which a person goes through an inquiry. Makes no request. Not
 * thread-safe.
 * <!-- code: examples/src/test/java/io/github/persona4j/examples/ReadmeSnippets.java#hosted-flow -->
 *
 * <pre>{@code
 * URI start =
 *     HostedFlow.ofTemplate("itmpl_1")
 *         .environmentId("env_1")
 *         .referenceId("user-42")
 *         .fields(f -> f.nameFirst("Ada").birthdate(LocalDate.of(1985, 12, 10)))
 *         .redirectUri("https://example.com/done")
 *         .language("es")
 *         .build();
 * URI resume = HostedFlow.ofInquiry("inq_1").sessionToken(sessionToken).build();
 * }</pre>
 *
 * <p>The reference ID and the fields are personal data, and a session token is a secret. All of
 * them are in the URL, so do not log it and do not send it in messages: browsers keep it in their
 * history, and proxies may log it. For messages, use {@code
 * persona.inquiries().generateOneTimeLink(id)}. To keep fields out of the URL, create the inquiry
 * with its fields first, and use {@link #ofInquiry}.
 *
 * <p>A setter that is given null leaves its parameter out. The messages of exceptions do not
 * contain values.
 */
public final class HostedFlow {
  private static final String DEFAULT_URL = "https://inquiry.withpersona.com/verify";
  private static final Pattern LANGUAGE =
      Pattern.compile("[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,3}");
  private static final Pattern APP_SCHEME = Pattern.compile("[a-z][a-z0-9+.-]*");
  private static final Set<String> FORBIDDEN_SCHEMES =
      Set.of("about", "blob", "data", "file", "intent", "javascript", "vbscript", "ws", "wss");
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  private final boolean newInquiry;
  private final Map<String, String> parameters = new LinkedHashMap<>();
  private final Map<String, String> fields = new LinkedHashMap<>();
  private HttpUrl url = HttpUrl.get(DEFAULT_URL);

  private HostedFlow(boolean newInquiry, String parameter, String id) {
    this.newInquiry = newInquiry;
    parameters.put(parameter, id);
  }

  /**
   * The page that starts a new inquiry.
   *
   * @param inquiryTemplateId the ID of an inquiry template, {@code itmpl_...}
   * @throws IllegalArgumentException if it is empty, or contains a space or another character than
   *     visible ASCII
   */
  public static HostedFlow ofTemplate(String inquiryTemplateId) {
    Objects.requireNonNull(inquiryTemplateId, "inquiryTemplateId");
    return new HostedFlow(
        true, "inquiry-template-id", VisibleAscii.check("inquiryTemplateId", inquiryTemplateId));
  }

  /**
   * The page of an inquiry that exists. A pending inquiry needs a {@link #sessionToken}, too.
   *
   * @param inquiryId the ID of an inquiry, {@code inq_...}
   * @throws IllegalArgumentException as for {@link #ofTemplate}
   */
  public static HostedFlow ofInquiry(String inquiryId) {
    Objects.requireNonNull(inquiryId, "inquiryId");
    return new HostedFlow(false, "inquiry-id", VisibleAscii.check("inquiryId", inquiryId));
  }

  /**
   * Sets the token of the session of an inquiry, which {@code persona.inquiries().resume(id)}
   * returns in its {@code meta}. Secret: it gives access to the inquiry.
   *
   * @throws IllegalArgumentException if it is empty or not visible ASCII, or if the page starts a
   *     new inquiry
   */
  public HostedFlow sessionToken(@Nullable String sessionToken) {
    if (newInquiry && sessionToken != null) {
      throw new IllegalArgumentException("sessionToken needs an inquiry that exists");
    }
    return set("session-token", checked("sessionToken", sessionToken));
  }

  /**
   * Sets the environment of a new inquiry.
   *
   * @param environmentId the ID of an environment, {@code env_...}
   * @throws IllegalArgumentException if it is empty or not visible ASCII
   */
  public HostedFlow environmentId(@Nullable String environmentId) {
    return set("environment-id", checked("environmentId", environmentId));
  }

  /**
   * Sets your own ID of the person. Personal data.
   *
   * @throws IllegalArgumentException if it is blank or holds half of a surrogate pair
   */
  public HostedFlow referenceId(@Nullable String referenceId) {
    if (referenceId != null) {
      UrlArgument.checkQuery("referenceId", referenceId);
    }
    return set("reference-id", referenceId);
  }

  /**
   * Sets fields of a new inquiry, with which the page is filled in: {@code fields(f ->
   * f.nameFirst("Ada"))}. They are added to those that were set before. Personal data.
   *
   * @throws IllegalArgumentException if a value is not text, a number, a date or a boolean, or if
   *     the page is of an inquiry that exists, which has its fields already
   */
  public HostedFlow fields(Consumer<InquiryFieldValues.Builder> values) {
    Objects.requireNonNull(values, "values");
    if (!newInquiry) {
      throw new IllegalArgumentException("fields need a new inquiry; update the inquiry instead");
    }
    InquiryFieldValues.Builder builder = InquiryFieldValues.builder();
    values.accept(builder);
    Map<String, String> added = new LinkedHashMap<>();
    JsonValue.of(builder.build())
        .asMap()
        .forEach(
            (name, value) -> {
              UrlArgument.checkEncodable("fields", name);
              added.put(name, text(value));
            });
    fields.putAll(added);
    return this;
  }

  private static String text(JsonValue value) {
    switch (value.kind()) {
      case STRING -> {
        UrlArgument.checkEncodable("fields", value.asString());
        return value.asString();
      }
      case NUMBER, BOOLEAN -> {
        return value.json();
      }
      default ->
          throw new IllegalArgumentException(
              "fields must be text, numbers, dates or booleans in a URL");
    }
  }

  /**
   * Sets the page to which the person returns. The template must allow it.
   *
   * @param redirectUri an absolute URI: {@code https}, the scheme of an app, or {@code http} to
   *     this machine ({@code localhost}, {@code 127.0.0.1}, {@code [::1]})
   * @throws IllegalArgumentException if it is another one, or has a user
   */
  public HostedFlow redirectUri(@Nullable String redirectUri) {
    if (redirectUri != null && !isRedirect(redirectUri)) {
      throw new IllegalArgumentException(
          "redirectUri must be an absolute URI without a user: https, the scheme of an app, or http"
              + " to this machine");
    }
    return set("redirect-uri", redirectUri);
  }

  private static boolean isRedirect(String text) {
    URI uri;
    try {
      uri = new URI(text);
    } catch (URISyntaxException e) {
      return false;
    }
    // The authority, because a host with an underscore is not parsed, and its user neither.
    String authority = uri.getRawAuthority();
    if (uri.getScheme() == null
        || uri.isOpaque()
        || (authority != null && authority.contains("@"))) {
      return false;
    }
    String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
    return switch (scheme) {
      case "https" -> uri.getHost() != null;
      case "http" -> uri.getHost() != null && LOOPBACK.contains(uri.getHost());
      default -> APP_SCHEME.matcher(scheme).matches() && !FORBIDDEN_SCHEMES.contains(scheme);
    };
  }

  /**
   * Sets the language of the page, such as {@code es} or {@code pt-BR}.
   *
   * @throws IllegalArgumentException if it does not have this form
   */
  public HostedFlow language(@Nullable String language) {
    if (language != null && !LANGUAGE.matcher(language).matches()) {
      throw new IllegalArgumentException("language must be a language tag such as es or pt-BR");
    }
    return set("language", language);
  }

  /**
   * Sets the address of the page, for example with a subdomain of your organization. The default is
   * {@code https://inquiry.withpersona.com/verify}.
   *
   * @throws IllegalArgumentException if it is not an absolute {@code https} URL, or has a user, a
   *     query or a fragment
   */
  public HostedFlow baseUrl(String baseUrl) {
    HttpUrl parsed = HttpUrl.parse(Objects.requireNonNull(baseUrl, "baseUrl"));
    if (parsed == null
        || !parsed.isHttps()
        || !parsed.encodedUsername().isEmpty()
        || !parsed.encodedPassword().isEmpty()
        || parsed.encodedQuery() != null
        || parsed.encodedFragment() != null) {
      throw new IllegalArgumentException(
          "baseUrl must be an absolute https URL without a user, a query or a fragment");
    }
    this.url = parsed;
    return this;
  }

  private static @Nullable String checked(String name, @Nullable String value) {
    return value == null ? null : VisibleAscii.check(name, value);
  }

  private HostedFlow set(String parameter, @Nullable String value) {
    if (value == null) {
      parameters.remove(parameter);
    } else {
      parameters.put(parameter, value);
    }
    return this;
  }

  /** The URL with all parameters, percent-encoded. It may contain personal data and a secret. */
  public URI build() {
    HttpUrl.Builder built = url.newBuilder();
    parameters.forEach(built::addQueryParameter);
    fields.forEach((name, value) -> built.addQueryParameter("fields[" + name + "]", value));
    return built.build().uri();
  }

  /** Shows the names of the parameters, not their values. */
  @Override
  public String toString() {
    return "HostedFlow{parameters=" + parameters.keySet() + ", fields=" + fields.size() + '}';
  }
}
