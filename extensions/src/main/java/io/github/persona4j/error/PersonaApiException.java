package io.github.persona4j.error;

import io.github.persona4j.json.JsonLimits;
import io.github.persona4j.json.JsonValue;
import io.github.persona4j.json.SafeText;
import io.github.persona4j.model.ErrorDocument;
import io.github.persona4j.model.ErrorObject;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The API answered with a status of 400 or more. One subclass stands for each status that callers
 * tell apart; this class itself stands for the others.
 *
 * <p>Protocol: an error body is {@code {"errors": [{"title", "details", "code", "source":
 * {"pointer"}, "meta"}]}}. That of an OAuth operation may be {@code {"error",
 * "error_description"}}; it is listed as one error with the first as its code and title and the
 * second as its details. Gateways answer with HTML, plain text or nothing; then {@link #errors()}
 * is empty and the rest holds.
 *
 * <p>Serialization drops the body and the headers, which may hold personal values or secrets: in a
 * deserialized copy {@link #body()}, {@link #errors()} and {@link #headers()} are empty. The
 * status, the message and the rate limits stay.
 */
public class PersonaApiException extends PersonaException {
  private static final long serialVersionUID = 1L;
  private static final int MAX_TITLES = 3;
  private static final int MAX_TITLE_LENGTH = 100;
  private static final Pattern OAUTH_CODE = Pattern.compile("[A-Za-z0-9_.-]{1,64}");
  private static final long MAX_DECODED_BYTES = 8L * 1024 * 1024; // of errors, in any heap

  private final FailedCall failed;
  private final int status;
  private final transient @Nullable String body; // null in a deserialized copy
  private transient volatile @Nullable List<ErrorObject> errors;

  PersonaApiException(FailedCall call, int status, String body, List<ErrorObject> errors) {
    super(message(call, errors), call, null);
    this.failed = call;
    this.status = status;
    this.body = body;
    this.errors = errors;
  }

  PersonaApiException(String message, FailedCall call, int status, String body) {
    super(message, call, null);
    this.failed = call;
    this.status = status;
    this.body = body;
  }

  /**
   * The one place that turns a status into an exception.
   *
   * @param call the call with the head of its answer; its status must be 400 or more
   * @param body the body as text, empty when there was none
   * @return an instance of the subclass for the status, or of this class
   */
  public static PersonaApiException of(FailedCall call, String body) {
    Objects.requireNonNull(body, "body");
    Integer known = Objects.requireNonNull(call, "call").status();
    if (known == null || known < 400) {
      throw new IllegalArgumentException("call must have a status of 400 or more");
    }
    int status = known;
    List<ErrorObject> errors = parse(body);
    return switch (status) {
      case 400 -> new BadRequestException(call, status, body, errors);
      case 401 -> new AuthenticationException(call, status, body, errors);
      case 403 -> new PermissionDeniedException(call, status, body, errors);
      case 404 -> new NotFoundException(call, status, body, errors);
      case 409 -> new ConflictException(call, status, body, errors);
      case 422 -> new UnprocessableEntityException(call, status, body, errors);
      case 429 -> new RateLimitException(call, status, body, errors);
      default ->
          status >= 500 && status < 600
              ? new ServerException(call, status, body, errors)
              : new PersonaApiException(call, status, body, errors);
    };
  }

  /** The HTTP status, 400 or more. */
  public final int status() {
    return status;
  }

  /** The answer's {@code Request-Id}, to be quoted to Persona's support; null when absent. */
  public final @Nullable String requestId() {
    return failed.requestId();
  }

  /**
   * The {@code Persona-Environment-Id} of the response: the environment that the key belongs to.
   * Null when absent, as on responses to a key that is not valid, and in a deserialized copy.
   */
  public final @Nullable String environmentId() {
    return failed.environmentId();
  }

  /**
   * The {@code Persona-Organization-Id} of the response: the organization that the key belongs to.
   * Null when absent, as on responses to a key that is not valid, and in a deserialized copy.
   */
  public final @Nullable String organizationId() {
    return failed.organizationId();
  }

  /** The HTTP method, such as {@code POST}. */
  public final String method() {
    return failed.method();
  }

  /** The path of the URL, without the query. */
  public final String path() {
    return failed.path();
  }

  /**
   * All headers of the answer, such as {@code Retry-After}, in no particular order; names are found
   * in whatever case. Empty in a deserialized copy. Unmodifiable. Some, such as cookies of a
   * gateway, are not for logs.
   */
  public final Map<String, List<String>> headers() {
    return failed.headers();
  }

  /**
   * The last value of a header, or null when it is absent and in a deserialized copy; the case of
   * the name does not matter.
   */
  public final @Nullable String header(String name) {
    return failed.header(name);
  }

  /** The rate limits that came with the answer. */
  public final RateLimits rateLimits() {
    return failed.rateLimits();
  }

  /**
   * The errors that the body lists, in its order; empty when it lists none, is not of the API's
   * shape or takes more than 8 MiB when decoded, and in a deserialized copy. Unmodifiable. Titles
   * are for logs; details and pointers may repeat what the caller sent.
   */
  public final List<ErrorObject> errors() {
    List<ErrorObject> known = errors;
    if (known == null) {
      known = parse(body());
      errors = known;
    }
    return known;
  }

  /**
   * The body as text, as far as it arrived and at most 1 MiB of it; empty when there was none, and
   * in a deserialized copy. It may hold personal values; do not log it.
   */
  public final String body() {
    return body == null ? "" : body;
  }

  private static List<ErrorObject> parse(String body) {
    if (body.isBlank()) {
      return List.of();
    }
    List<ErrorObject> listed;
    try {
      ErrorDocument document = ErrorDocument.TYPE.fromJson(body, false, limits());
      listed = document.property("errors") == null ? ofOauth(document) : document.errors();
    } catch (RuntimeException | StackOverflowError e) {
      // HTML, plain text, a broken-off body, or another shape: the status says enough.
      return List.of();
    }
    List<ErrorObject> readable = new ArrayList<>();
    for (int i = 0; i < listed.size(); i++) {
      try {
        ErrorObject error = listed.get(i);
        if (error != null) {
          readable.add(error);
        }
      } catch (RuntimeException | StackOverflowError e) {
        // One entry that is no object must not hide the others.
      }
    }
    return List.copyOf(readable);
  }

  /** The error of a body as OAuth has it (RFC 6749, 5.2); empty if it is none. */
  private static List<ErrorObject> ofOauth(ErrorDocument document) {
    String code = string(document.property("error"));
    if (code == null || !OAUTH_CODE.matcher(code).matches()) {
      return List.of(); // a sentence may hold anything, and a title goes to logs
    }
    ErrorObject.Builder error = ErrorObject.builder().code(code).title(code);
    String description = string(document.property("error_description"));
    return List.of((description == null ? error : error.details(description)).build());
  }

  private static @Nullable String string(@Nullable JsonValue value) {
    return value != null && value.kind() == JsonValue.Kind.STRING ? value.asString() : null;
  }

  private static JsonLimits limits() {
    JsonLimits standard = JsonLimits.standard();
    return standard.withMaxDecodedBytes(Math.min(MAX_DECODED_BYTES, standard.maxDecodedBytes()));
  }

  private static String message(FailedCall call, List<ErrorObject> errors) {
    Set<String> titles = new LinkedHashSet<>(); // of a body of 1 MiB there may be very many
    for (ErrorObject error : errors) {
      String title = title(error);
      if (title != null && !title.isBlank()) {
        titles.add(title);
      }
    }
    StringBuilder text = new StringBuilder(call.toString());
    String separator = ": ";
    for (String title : titles.stream().limit(MAX_TITLES).toList()) {
      text.append(separator).append(title);
      separator = "; ";
    }
    if (titles.size() > MAX_TITLES) {
      text.append("; and ").append(titles.size() - MAX_TITLES).append(" more");
    }
    return text.toString();
  }

  private static @Nullable String title(ErrorObject error) {
    try {
      String title = error.title();
      return title == null ? null : SafeText.of(title, MAX_TITLE_LENGTH);
    } catch (RuntimeException e) {
      // A title that is no text is no title.
      return null;
    }
  }
}
