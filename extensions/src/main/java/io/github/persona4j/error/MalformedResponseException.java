package io.github.persona4j.error;

import io.github.persona4j.json.SafeText;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The response does not match the API: it is a web page of a gateway, incomplete or unexpected
 * JSON, a redirect, or has an invalid page link. Also thrown for a response that belongs to another
 * request; such a response is not shown.
 *
 * <p>The message contains the status, the request ID and the content type. Of an HTML page it also
 * contains the title, which identifies a gateway. The title is truncated, and mail addresses and
 * long numbers in it are masked. The message contains nothing else of a body. {@link #body()}
 * returns the start of a text body.
 */
public final class MalformedResponseException extends PersonaException {
  private static final long serialVersionUID = 1L;
  private static final int MAX_TITLE_LENGTH = 80;

  private final transient @Nullable String body;

  /**
   * Creates an exception without a call, such as for an invalid page link.
   *
   * @param reason the reason, without personal values
   */
  public MalformedResponseException(String reason) {
    super(Objects.requireNonNull(reason, "reason"), null, null);
    this.body = null;
  }

  /**
   * Creates an exception for the response of a call.
   *
   * @param call the call with its response
   * @param reason the reason, without personal values
   * @param body the body if it is not JSON; null if it is JSON or unknown
   * @param cause the exception of the decoder; null if there is none
   */
  public MalformedResponseException(
      FailedCall call, String reason, @Nullable String body, @Nullable Throwable cause) {
    super(message(call, reason, body), call, cause);
    this.body = body;
  }

  /** The HTTP status; null if the exception is not for one response. */
  public @Nullable Integer status() {
    FailedCall call = call();
    return call == null ? null : call.status();
  }

  /** The {@code Request-Id} of the response; null if absent. */
  public @Nullable String requestId() {
    FailedCall call = call();
    return call == null ? null : call.requestId();
  }

  /**
   * The {@code Persona-Environment-Id} of the response: the environment that the key belongs to.
   * Null if absent.
   */
  public @Nullable String environmentId() {
    FailedCall call = call();
    return call == null ? null : call.environmentId();
  }

  /**
   * The {@code Persona-Organization-Id} of the response: the organization that the key belongs to.
   * Null if absent.
   */
  public @Nullable String organizationId() {
    FailedCall call = call();
    return call == null ? null : call.organizationId();
  }

  /**
   * The start of the body if its content type is text, such as a web page; otherwise null, because
   * JSON is decoded from the stream and not kept. Null in a deserialized copy. It may contain
   * personal data; do not log it.
   */
  public @Nullable String body() {
    return body;
  }

  private static String message(FailedCall call, String reason, @Nullable String body) {
    StringBuilder message = new StringBuilder(call.toString()).append(": ").append(reason);
    if (call.contentType() != null) {
      message.append(", content type ").append(call.contentType());
    }
    String title = body == null ? null : HtmlTitle.of(body);
    if (title != null) {
      message.append(", page title \"").append(title).append('"');
    }
    return message.toString();
  }

  /** A separate class, so that the patterns are compiled only when they are needed. */
  private static final class HtmlTitle {
    private static final Pattern TITLE =
        Pattern.compile("<title[^>]{0,200}>([^<]{1,500})</title", Pattern.CASE_INSENSITIVE);
    private static final Pattern PERSONAL = Pattern.compile("\\S*@\\S*|\\d[\\d .:-]{3,}\\d");

    static @Nullable String of(String body) {
      Matcher title = TITLE.matcher(body);
      if (!title.find()) {
        return null;
      }
      String masked = PERSONAL.matcher(title.group(1)).replaceAll("***");
      return SafeText.of(masked, MAX_TITLE_LENGTH);
    }
  }
}
