package io.github.persona4j.json;

import io.github.persona4j.request.JsonConverterFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Objects;
import okhttp3.RequestBody;
import okhttp3.ResponseBody;
import okio.Buffer;
import retrofit2.Call;
import retrofit2.Converter;
import retrofit2.Retrofit;

/** Converts bytes to models and back as Retrofit does for a method of a generated interface. */
final class RetrofitCodec {
  private static final Annotation[] NONE = {};
  private static final Retrofit RETROFIT =
      new Retrofit.Builder().baseUrl("http://localhost/").build();

  private RetrofitCodec() {}

  static Object decode(JsonConverterFactory factory, Class<?> api, String name, byte[] bytes)
      throws IOException {
    Method method = method(api, name);
    Type call = method.getGenericReturnType();
    Type response = ((ParameterizedType) call).getActualTypeArguments()[0];
    Converter<ResponseBody, ?> converter =
        factory.responseBodyConverter(response, method.getAnnotations(), RETROFIT);
    return Objects.requireNonNull(
        Objects.requireNonNull(converter).convert(ResponseBody.create(bytes, null)));
  }

  private static Method method(Class<?> api, String name) {
    return Arrays.stream(api.getMethods())
        .filter(method -> method.getName().equals(name) && !method.isDefault())
        .filter(method -> method.getReturnType() == Call.class)
        .findFirst()
        .orElseThrow();
  }

  static byte[] encode(JsonConverterFactory factory, JsonModel model) {
    @SuppressWarnings("unchecked") // the type of the model is the requested one
    Converter<JsonModel, RequestBody> converter =
        (Converter<JsonModel, RequestBody>)
            Objects.requireNonNull(
                factory.requestBodyConverter(model.getClass(), NONE, NONE, RETROFIT));
    Buffer buffer = new Buffer();
    try {
      Objects.requireNonNull(converter.convert(model)).writeTo(buffer);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // not possible in memory
    }
    return buffer.readByteArray();
  }
}
