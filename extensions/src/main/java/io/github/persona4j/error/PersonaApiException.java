package io.github.persona4j.error;

import io.github.persona4j.json.JsonLimits;
import io.github.persona4j.json.JsonValue;
import io.github.persona4j.model.ErrorDocument;
import io.github.persona4j.model.ErrorObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The API returned a status of 400 or more. Common statuses have a subclass each; this class is
 * used for all others.
 *
 * <p>Protocol: an error body is {@code {"errors": [{"title", "details", "code", "source":
 * {"pointer"}, "meta"}]}}. The error body of an OAuth operation may be {@code {"error",
 * "error_description"}}. It is listed as one error: {@code error} is its code and title, {@code
 * error_description} its details. A gateway may return HTML, plain text or no body. Then {@link
 * #errors()} is empty.
 *
 * <p>The message has the codes and pointers of up to three errors, where they are plain names, and
 * for 401, 403 and 429 what to do.
 *
 * <p>Serialization drops the body and the headers, which may contain personal data or secrets. In a
 * deserialized copy {@link #body()}, {@link #errors()} and {@link #headers()} are empty. It has the
 * status, the message and the rate limits.
 */
public class PersonaApiException extends PersonaException {
  private static final long serialVersionUID = 1L;
  private static final Pattern OAUTH_CODE = Pattern.compile("[A-Za-z0-9_.-]{1,64}");
  private static final long MAX_DECODED_BYTES = 8L * 1024 * 1024; // of errors, in any heap

  private final FailedCall failed;
  private final int status;
  private final transient @Nullable String body; // null in a deserialized copy
  private transient volatile @Nullable List<ErrorObject> errors;

  PersonaApiException(FailedCall call, int status, String body, List<ErrorObject> errors) {
    super(ErrorMessage.of(call, errors), call, null);
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
   * Creates the exception for a status.
   *
   * @param call the call with its response, whose status must be 400 or more
   * @param body the body of the response; empty if there was none
   * @return an instance of the subclass for the status, or of this class
   * @throws IllegalArgumentException if the call has no status of 400 or more
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
      case 408 -> new RequestTimeoutException(call, status, body, errors);
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

  /** The {@code Request-Id} of the response, for Persona's support; null if absent. */
  public final @Nullable String requestId() {
    return failed.requestId();
  }

  /**
   * The {@code Persona-Environment-Id} of the response: the environment that the key belongs to.
   * Null if absent, as on responses to a key that is not valid, and in a deserialized copy.
   */
  public final @Nullable String environmentId() {
    return failed.environmentId();
  }

  /**
   * The {@code Persona-Organization-Id} of the response: the organization that the key belongs to.
   * Null if absent, as on responses to a key that is not valid, and in a deserialized copy.
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
   * All headers of the response. The case of names is ignored in lookups. Empty in a deserialized
   * copy. Unmodifiable. Do not log all of them: a cookie of a gateway may be secret.
   */
  public final Map<String, List<String>> headers() {
    return failed.headers();
  }

  /**
   * The last value of a response header; null if absent, and in a deserialized copy. The case of
   * the name is ignored.
   */
  public final @Nullable String header(String name) {
    return failed.header(name);
  }

  /** The rate limits of the response. */
  public final RateLimits rateLimits() {
    return failed.rateLimits();
  }

  /**
   * The errors in the body, in its order. Empty if the body lists none, does not have the format of
   * the API or takes more than 8 MiB when decoded, and in a deserialized copy. Unmodifiable.
   * Details and pointers may contain values of the request.
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
   * The body as far as it was received, at most 1 MiB. Empty if there was none, and in a
   * deserialized copy. It may contain personal data; do not log it.
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
      // HTML, plain text, an incomplete body or another format. The status is sufficient.
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
        // An entry that is not an object must not hide the others.
      }
    }
    return List.copyOf(readable);
  }

  /** The error of a body in the format of OAuth (RFC 6749, 5.2); empty if it has another format. */
  private static List<ErrorObject> ofOauth(ErrorDocument document) {
    String code = string(document.property("error"));
    if (code == null || !OAUTH_CODE.matcher(code).matches()) {
      return List.of(); // another text may be a value of the request
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
}
