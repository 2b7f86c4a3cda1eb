package io.github.persona4j.internal.http;

import io.github.persona4j.request.HeaderValue;
import io.github.persona4j.request.QueryParameters;
import java.lang.annotation.Annotation;
import java.util.List;
import java.util.Map;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;
import retrofit2.Converter;
import retrofit2.Invocation;
import retrofit2.http.HeaderMap;

/**
 * Refuses invalid values of a {@code @HeaderMap} with a message that names the header. Retrofit's
 * converter checks the value but does not know the name. So it returns a placeholder for an invalid
 * value, and {@link #check} refuses the request before it becomes a call.
 */
public final class HeaderMaps {
  private static final String PLACEHOLDER = "refused";

  private HeaderMaps() {}

  /**
   * Returns the converter, or for a {@code @HeaderMap} one that defers the check to {@link #check}.
   */
  public static @Nullable Converter<?, String> deferringCheck(
      @Nullable Converter<?, String> converter, Annotation[] annotations) {
    for (Annotation annotation : annotations) {
      if (annotation instanceof HeaderMap && converter != null) {
        return deferringCheck(converter);
      }
    }
    return converter;
  }

  private static <T> Converter<T, String> deferringCheck(Converter<T, String> converter) {
    return value -> {
      try {
        return converter.convert(value);
      } catch (IllegalArgumentException e) {
        return PLACEHOLDER;
      }
    };
  }

  /**
   * Checks the headers of the method that made a request.
   *
   * @throws IllegalArgumentException if a value is invalid; the message names the header
   */
  public static void check(Request request) {
    Invocation invocation = request.tag(Invocation.class);
    if (invocation == null) {
      return;
    }
    List<? extends @Nullable Object> arguments = invocation.arguments();
    for (int i = 0; i < arguments.size(); i++) {
      // The JDK parses annotations in each call, so they are read only where there is a map.
      if (arguments.get(i) instanceof Map<?, ?> headers
          && !(headers instanceof QueryParameters)
          && invocation.method().getParameters()[i].isAnnotationPresent(HeaderMap.class)) {
        headers.forEach((name, value) -> HeaderValue.of(String.valueOf(name), value));
      }
    }
  }
}
