package io.github.persona4j.internal.http;

import io.github.persona4j.request.RequestOptions;
import io.github.persona4j.request.Required;
import java.lang.reflect.Parameter;
import java.util.List;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;
import retrofit2.Invocation;
import retrofit2.http.Header;
import retrofit2.http.Query;
import retrofit2.http.Tag;

/** Refuses null for {@link Required} arguments and for options, which Retrofit would omit. */
public final class RequiredArguments {
  private RequiredArguments() {}

  /**
   * Checks the arguments of the method that made a request.
   *
   * @throws IllegalArgumentException if a required argument is null; the message names it
   */
  public static void check(Request request) {
    Invocation invocation = request.tag(Invocation.class);
    if (invocation == null) {
      return;
    }
    List<? extends @Nullable Object> arguments = invocation.arguments();
    for (int i = 0; i < arguments.size(); i++) {
      if (arguments.get(i) == null) {
        check(invocation.method().getParameters()[i]);
      }
    }
  }

  private static void check(Parameter parameter) {
    if (parameter.isAnnotationPresent(Tag.class) && parameter.getType() == RequestOptions.class) {
      throw new IllegalArgumentException("options must not be null");
    }
    Required required = parameter.getAnnotation(Required.class);
    if (required != null) {
      throw new IllegalArgumentException(name(parameter, required.value()) + " must not be null");
    }
  }

  // The same name as in the messages of JsonConverterFactory.
  private static String name(Parameter parameter, String javaName) {
    Query query = parameter.getAnnotation(Query.class);
    Header header = parameter.getAnnotation(Header.class);
    String name =
        query != null ? query.value() : header != null ? header.value() : parameter.getName();
    return javaName.isEmpty() ? name : javaName + " (" + name + ")";
  }
}
