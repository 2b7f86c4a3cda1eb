package io.github.persona4j.error;

import io.github.persona4j.json.SafeText;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An answer came, but it is not one of this API: a web page of a gateway, JSON that breaks off or
 * has another shape, a redirect, or a page link that leads nowhere or in a circle; or a response
 * belongs to another request, and then it is not shown.
 *
 * <p>The message shows the status, the request id and the content type. Of the body it shows at
 * most the title of an HTML page, cut short and with mail addresses and longer numbers masked,
 * because that is what tells a gateway's page from a sign-in page; nothing else of a body is ever
 * shown. {@link #body()} has the text for those who may look at it.
 */
public final class MalformedResponseException extends PersonaException {
  private static final long serialVersionUID = 1L;
  private static final int MAX_TITLE_LENGTH = 80;

  private final transient @Nullable String body;

  /**
   * A fault that is not that of one answer, such as a page link that cannot be followed.
   *
   * @param reason what is wrong, free of personal values
   */
  public MalformedResponseException(String reason) {
    super(Objects.requireNonNull(reason, "reason"), null, null);
    this.body = null;
  }

  /**
   * A fault of one answer.
   *
   * @param call the call with the head of its answer
   * @param reason what is wrong, free of personal values
   * @param body the text of the answer if it is no JSON, or null when it is not at hand
   * @param cause what the decoding reported, or null
   */
  public MalformedResponseException(
      FailedCall call, String reason, @Nullable String body, @Nullable Throwable cause) {
    super(message(call, reason, body), call, cause);
    this.body = body;
  }

  /** The HTTP status, or null when the fault is not that of one answer. */
  public @Nullable Integer status() {
    FailedCall call = call();
    return call == null ? null : call.status();
  }

  /** The answer's {@code Request-Id}, or null when absent. */
  public @Nullable String requestId() {
    FailedCall call = call();
    return call == null ? null : call.requestId();
  }

  /**
   * The {@code Persona-Environment-Id} of the response: the environment that the key belongs to.
   * Null when absent.
   */
  public @Nullable String environmentId() {
    FailedCall call = call();
    return call == null ? null : call.environmentId();
  }

  /**
   * The {@code Persona-Organization-Id} of the response: the organization that the key belongs to.
   * Null when absent.
   */
  public @Nullable String organizationId() {
    FailedCall call = call();
    return call == null ? null : call.organizationId();
  }

  /**
   * The start of the body as text when the server called it text (a web page, say), otherwise null:
   * JSON is decoded from the stream and not kept. Serialization drops it. It may hold personal
   * values; do not log it.
   */
  public @Nullable String body() {
    return body;
  }

  private static String message(FailedCall call, String reason, @Nullable String body) {
    StringBuilder text = new StringBuilder(call.toString()).append(": ").append(reason);
    if (call.contentType() != null) {
      text.append(", content type ").append(call.contentType());
    }
    String title = body == null ? null : HtmlTitle.of(body);
    if (title != null) {
      text.append(", page title \"").append(title).append('"');
    }
    return text.toString();
  }

  /** In a class of its own, so that the patterns cost nothing until a page shows up. */
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
