package io.github.persona4j.internal.http;

import io.github.persona4j.request.Required;
import java.lang.reflect.Parameter;
import java.util.List;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;
import retrofit2.Invocation;
import retrofit2.http.Header;
import retrofit2.http.Query;

/** Refuses null for arguments that are {@link Required}: Retrofit would leave them out. */
public final class RequiredArguments {
  private RequiredArguments() {}

  /**
   * Checks the arguments of the method that made a request.
   *
   * @throws IllegalArgumentException if a required one is null, with its name
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
    if (parameter.isAnnotationPresent(Required.class)) {
      throw new IllegalArgumentException(name(parameter) + " must not be null");
    }
  }

  private static String name(Parameter parameter) {
    Query query = parameter.getAnnotation(Query.class);
    Header header = parameter.getAnnotation(Header.class);
    return query != null ? query.value() : header != null ? header.value() : parameter.getName();
  }
}
