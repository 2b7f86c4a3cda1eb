package io.github.persona4j.internal.call;

import java.lang.reflect.Method;
import java.util.Locale;
import okhttp3.HttpUrl;
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
 * The operation of a request, without its arguments.
 *
 * @param method the HTTP method
 * @param host the host of the URL
 * @param port the port of the URL, or the default port of its scheme
 * @param path the template of the path
 * @param name such as {@code events.list}
 */
public record Operation(String method, String host, int port, String path, String name) {
  /** The path of a method that takes a complete URL. */
  private static final String NO_TEMPLATE = "{url}";

  static Operation under(String basePath, Request request) {
    Invocation invocation = request.tag(Invocation.class);
    if (invocation == null) {
      return of(request, NO_TEMPLATE, "unknown");
    }
    Method called = invocation.method();
    return of(request, path(basePath, template(called)), name(called));
  }

  private static Operation of(Request request, String path, String name) {
    HttpUrl url = request.url();
    return new Operation(request.method(), url.host(), url.port(), path, name);
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
