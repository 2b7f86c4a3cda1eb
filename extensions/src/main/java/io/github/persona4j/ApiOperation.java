package io.github.persona4j;

import java.lang.reflect.Method;
import java.util.Locale;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;
import retrofit2.Invocation;
import retrofit2.http.DELETE;
import retrofit2.http.GET;
import retrofit2.http.HEAD;
import retrofit2.http.HTTP;
import retrofit2.http.OPTIONS;
import retrofit2.http.PATCH;
import retrofit2.http.POST;
import retrofit2.http.PUT;

/**
 * Which operation a call is one of, in words that are few and hold nothing of its arguments: fit
 * for the names and labels of metrics, traces and logs. Immutable and thread-safe.
 */
public final class ApiOperation {
  /** Where the caller gave a URL and no template. */
  private static final String NO_TEMPLATE = "{url}";

  private final String method;
  private final String path;
  private final String name;

  private ApiOperation(String method, String path, String name) {
    this.method = method;
    this.path = path;
    this.name = name;
  }

  static ApiOperation of(Request request, String basePath) {
    Invocation invocation = request.tag(Invocation.class);
    if (invocation == null) {
      return new ApiOperation(request.method(), NO_TEMPLATE, "unknown");
    }
    Method called = invocation.method();
    return new ApiOperation(request.method(), path(basePath, template(called)), name(called));
  }

  /** The HTTP method, such as {@code GET}. */
  public String method() {
    return method;
  }

  /**
   * The path of the URL before its parameters were filled in, such as {@code
   * /api/v1/events/{event-id}}; <code>{url}</code> where an interface of one's own takes whole
   * URLs.
   */
  public String path() {
    return path;
  }

  /**
   * The operation as it is called on {@link PersonaClient}: {@code events.list}. For an interface
   * of one's own, its name without {@code Api} and the method's name.
   */
  public String name() {
    return name;
  }

  /** {@code GET /api/v1/events/{event-id}}. */
  @Override
  public String toString() {
    return method + ' ' + path;
  }

  private static String name(Method called) {
    String type = called.getDeclaringClass().getSimpleName();
    if (type.endsWith("Api") && type.length() > 3) {
      type = type.substring(0, type.length() - 3);
    }
    return type.substring(0, 1).toLowerCase(Locale.ROOT)
        + type.substring(1)
        + '.'
        + called.getName();
  }

  private static String path(String basePath, @Nullable String template) {
    if (template == null || template.isEmpty()) {
      return NO_TEMPLATE;
    }
    int query = template.indexOf('?');
    String path = query < 0 ? template : template.substring(0, query);
    int host = path.indexOf("://");
    if (host >= 0) {
      int root = path.indexOf('/', host + 3);
      return root < 0 ? "/" : path.substring(root);
    }
    return path.startsWith("/") ? path : basePath + path;
  }

  private static @Nullable String template(Method called) {
    if (called.isAnnotationPresent(GET.class)) {
      return called.getAnnotation(GET.class).value();
    } else if (called.isAnnotationPresent(POST.class)) {
      return called.getAnnotation(POST.class).value();
    } else if (called.isAnnotationPresent(PATCH.class)) {
      return called.getAnnotation(PATCH.class).value();
    } else if (called.isAnnotationPresent(DELETE.class)) {
      return called.getAnnotation(DELETE.class).value();
    } else if (called.isAnnotationPresent(PUT.class)) {
      return called.getAnnotation(PUT.class).value();
    } else if (called.isAnnotationPresent(HEAD.class)) {
      return called.getAnnotation(HEAD.class).value();
    } else if (called.isAnnotationPresent(OPTIONS.class)) {
      return called.getAnnotation(OPTIONS.class).value();
    } else if (called.isAnnotationPresent(HTTP.class)) {
      return called.getAnnotation(HTTP.class).path();
    }
    return null;
  }
}
