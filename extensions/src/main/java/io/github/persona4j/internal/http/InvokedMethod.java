package io.github.persona4j.internal.http;

import io.github.persona4j.json.JsonResponse;
import io.github.persona4j.json.JsonValue;
import io.github.persona4j.model.ModelTypes;
import io.github.persona4j.request.KeyOptional;
import io.github.persona4j.request.WithoutKey;
import java.lang.annotation.Annotation;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import okhttp3.Request;
import retrofit2.Invocation;

/** Properties of the Retrofit method that made a request, by its annotations. */
public final class InvokedMethod {
  private InvokedMethod() {}

  /** Whether its responses are decoded from JSON. */
  public static boolean returnsJson(Request request) {
    Invocation invocation = request.tag(Invocation.class);
    return invocation != null
        && (invocation.method().isAnnotationPresent(JsonResponse.class)
            || returnsModel(invocation.method().getGenericReturnType()));
  }

  /** Whether a method of a user's interface returns calls with a generated model. */
  private static boolean returnsModel(Type returned) {
    return returned instanceof ParameterizedType call
        && call.getActualTypeArguments()[0] instanceof Class<?> body
        && (body == JsonValue.class || ModelTypes.ALL.find(body) != null);
  }

  /** Whether it is called without the key even if the client has one. */
  public static boolean isWithoutKey(Request request) {
    return is(request, WithoutKey.class);
  }

  /** Whether it can be called without a key. */
  public static boolean isKeyOptional(Request request) {
    return is(request, KeyOptional.class);
  }

  private static boolean is(Request request, Class<? extends Annotation> annotation) {
    Invocation invocation = request.tag(Invocation.class);
    return invocation != null && invocation.method().isAnnotationPresent(annotation);
  }
}
