package io.github.persona4j.request;

import io.github.persona4j.json.JsonLimits;
import io.github.persona4j.json.JsonModel;
import io.github.persona4j.json.JsonResponse;
import io.github.persona4j.json.JsonType;
import io.github.persona4j.json.JsonTypes;
import io.github.persona4j.json.JsonValue;
import io.github.persona4j.json.MalformedJsonException;
import io.github.persona4j.json.OpenValue;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.Objects;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okhttp3.ResponseBody;
import okio.Buffer;
import org.jspecify.annotations.Nullable;
import retrofit2.Converter;
import retrofit2.Retrofit;
import retrofit2.http.Header;
import retrofit2.http.HeaderMap;
import retrofit2.http.Path;
import retrofit2.http.Query;

/**
 * A Retrofit converter factory that reads and writes generated models as streams in UTF-8, without
 * {@code Gson}. It also checks the arguments that become a part of the URL or of a header.
 *
 * <p>If a response is not JSON, has no {@code data}, or exceeds the limits, the call throws a
 * {@link MalformedJsonException}. Immutable and thread-safe.
 */
public final class JsonConverterFactory extends Converter.Factory {
  private static final MediaType JSON = MediaType.get("application/json; charset=UTF-8");

  private final JsonTypes types;
  private final boolean strict;
  private final JsonLimits limits;

  private JsonConverterFactory(JsonTypes types, boolean strict, JsonLimits limits) {
    this.types = Objects.requireNonNull(types, "types");
    this.strict = strict;
    this.limits = Objects.requireNonNull(limits, "limits");
  }

  /**
   * Returns a factory that keeps values of unexpected types, see {@link JsonModel}.
   *
   * @param types the generated types, {@code ModelTypes.ALL}
   */
  public static JsonConverterFactory create(JsonTypes types) {
    return create(types, JsonLimits.standard());
  }

  /**
   * Returns a factory that keeps values of unexpected types, see {@link JsonModel}, with other
   * limits than {@link JsonLimits#standard()}.
   *
   * @param types the generated types, {@code ModelTypes.ALL}
   * @param limits the limits for the JSON of a response body and the memory of its values
   */
  public static JsonConverterFactory create(JsonTypes types, JsonLimits limits) {
    return new JsonConverterFactory(types, false, limits);
  }

  /** Returns a factory for tests, which throws when any value has another type than described. */
  public static JsonConverterFactory strict(JsonTypes types) {
    return new JsonConverterFactory(types, true, JsonLimits.standard());
  }

  @Override
  public @Nullable Converter<ResponseBody, ?> responseBodyConverter(
      Type type, Annotation[] annotations, Retrofit retrofit) {
    for (Annotation annotation : annotations) {
      if (annotation instanceof JsonResponse response) {
        JsonType<?> found = types.find(response.value());
        if (found == null) {
          throw new IllegalArgumentException("There is no schema " + response.value());
        }
        return new Decoder<>(found, strict, limits);
      }
    }
    JsonType<?> found = type instanceof Class<?> model ? typeOf(model) : null;
    return found == null ? null : new Decoder<>(found, strict, limits);
  }

  private @Nullable JsonType<?> typeOf(Class<?> model) {
    return model == JsonValue.class ? JsonType.ANY : types.find(model);
  }

  @Override
  public @Nullable Converter<?, RequestBody> requestBodyConverter(
      Type type,
      Annotation[] parameterAnnotations,
      Annotation[] methodAnnotations,
      Retrofit retrofit) {
    if (!(type instanceof Class<?> body)) {
      return null;
    }
    if (JsonModel.class.isAssignableFrom(body)) {
      return new ModelEncoder();
    }
    return FormParameters.class.isAssignableFrom(body) ? new FormEncoder() : null;
  }

  /**
   * Checks the arguments that become a part of the URL or of a header, in any interface: texts of
   * {@code @Path} parameters, values of headers, and the parameters that are marked as {@link
   * Required}. Of other {@code @Query} parameters, texts are checked for halves of surrogate pairs.
   * A bad one throws an {@link IllegalArgumentException} out of the call, before anything is sent.
   * OkHttp refuses what no header can hold too, but its message shows it, and it may be secret.
   */
  @Override
  public @Nullable Converter<?, String> stringConverter(
      Type type, Annotation[] annotations, Retrofit retrofit) {
    Required required = null;
    for (Annotation annotation : annotations) {
      required = annotation instanceof Required found ? found : required;
    }
    for (Annotation annotation : annotations) {
      if (annotation instanceof Path path && type == String.class) {
        return new PathText(shown(required, path.value()), path.encoded());
      } else if (annotation instanceof Query query && required != null) {
        return new QueryText(shown(required, query.value()));
      } else if (annotation instanceof Query query && type == String.class) {
        return new OptionalText(query.value());
      } else if (annotation instanceof Header header) {
        return new HeaderConverter(shown(required, header.value()));
      } else if (annotation instanceof HeaderMap) {
        return new HeaderConverter("a value of @HeaderMap");
      }
    }
    return type instanceof Class<?> argument && OpenValue.class.isAssignableFrom(argument)
        ? new OpenValueConverter()
        : null;
  }

  /** The name of a parameter for messages: that in Java, and that on the wire if it differs. */
  private static String shown(@Nullable Required required, String wireName) {
    return required == null || required.value().isEmpty()
        ? wireName
        : required.value() + " (" + wireName + ")";
  }

  private record HeaderConverter(String name) implements Converter<Object, String> {
    @Override
    public String convert(Object argument) {
      return HeaderValue.of(name, argument);
    }
  }

  /** Its {@code toString()} is for messages and may be shorter. */
  private static final class OpenValueConverter implements Converter<OpenValue, String> {
    @Override
    public String convert(OpenValue value) {
      return value.value();
    }
  }

  private static final class Decoder<T> implements Converter<ResponseBody, T> {
    private final JsonType<T> type;
    private final boolean strict;
    private final JsonLimits limits;

    Decoder(JsonType<T> type, boolean strict, JsonLimits limits) {
      this.type = type;
      this.strict = strict;
      this.limits = limits;
    }

    @Override
    public T convert(ResponseBody body) throws IOException {
      try (body) {
        return type.read(body.byteStream(), strict, limits);
      }
    }
  }

  private static final class ModelEncoder implements Converter<JsonModel, RequestBody> {
    @Override
    public RequestBody convert(JsonModel model) throws IOException {
      Buffer json = new Buffer();
      model.writeTo(json.outputStream());
      return RequestBody.create(json.readByteString(), JSON);
    }
  }

  private static final class FormEncoder implements Converter<FormParameters, RequestBody> {
    @Override
    public RequestBody convert(FormParameters form) {
      return form.toBody();
    }
  }

  private record PathText(String name, boolean encoded) implements Converter<String, String> {
    @Override
    public String convert(String value) {
      if (encoded) {
        UrlArgument.checkEncodedPath(name, value);
      } else {
        UrlArgument.checkPath(name, value);
      }
      return value;
    }
  }

  private record OptionalText(String name) implements Converter<String, String> {
    @Override
    public String convert(String value) {
      UrlArgument.checkEncodable(name, value);
      return value;
    }
  }

  private static final class QueryText implements Converter<Object, String> {
    private final String name;

    QueryText(String name) {
      this.name = name;
    }

    @Override
    public String convert(Object value) {
      UrlArgument.checkQuery(name, value);
      return UrlArgument.text(value);
    }
  }
}
