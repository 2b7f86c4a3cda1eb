package io.github.persona4j.internal.http;

import io.github.persona4j.request.HeaderValue;
import java.lang.annotation.Annotation;
import java.util.Map;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;
import retrofit2.Converter;
import retrofit2.Invocation;
import retrofit2.http.HeaderMap;

/**
 * Refuses values of {@code @HeaderMap} that no header can hold, with the name of the header.
 * Retrofit does not tell the name to the converter that checks the value, so a bad value gets a
 * placeholder there, and the request is refused here before it becomes a call.
 */
public final class HeaderMaps {
  private static final String PLACEHOLDER = "refused";

  private HeaderMaps() {}

  /**
   * A converter that leaves the refusal to {@link #check}, where it is for a {@code @HeaderMap}.
   */
  public static @Nullable Converter<?, String> postponing(
      @Nullable Converter<?, String> converter, Annotation[] annotations) {
    for (Annotation annotation : annotations) {
      if (annotation instanceof HeaderMap && converter != null) {
        return postponing(converter);
      }
    }
    return converter;
  }

  private static <T> Converter<T, String> postponing(Converter<T, String> converter) {
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
   * @throws IllegalArgumentException if one cannot be sent, with its name
   */
  public static void check(Request request) {
    Invocation invocation = request.tag(Invocation.class);
    if (invocation == null) {
      return;
    }
    Annotation[][] annotations = invocation.method().getParameterAnnotations();
    for (int i = 0; i < annotations.length; i++) {
      for (Annotation annotation : annotations[i]) {
        if (annotation instanceof HeaderMap
            && invocation.arguments().get(i) instanceof Map<?, ?> headers) {
          headers.forEach((name, value) -> HeaderValue.of(String.valueOf(name), value));
        }
      }
    }
  }
}
