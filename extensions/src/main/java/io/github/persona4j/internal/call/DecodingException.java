package io.github.persona4j.internal.call;

import io.github.persona4j.internal.http.HeaderMaps;
import io.github.persona4j.json.JsonException;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.Objects;
import okhttp3.ResponseBody;
import org.jspecify.annotations.Nullable;
import retrofit2.Converter;
import retrofit2.Retrofit;

/**
 * Wraps an exception of a converter for a response. It is not a failure of the connection or of the
 * user's code. The caller gets a {@code MalformedResponseException}.
 */
final class DecodingException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private DecodingException(Throwable thrown) {
    super("the response cannot be decoded (" + thrown.getClass().getSimpleName() + ")", thrown);
  }

  /** Returns a factory whose converters wrap unexpected exceptions in this one. */
  static Converter.Factory guarding(Converter.Factory factory) {
    return new Converter.Factory() {
      @Override
      public @Nullable Converter<ResponseBody, ?> responseBodyConverter(
          Type type, Annotation[] annotations, Retrofit retrofit) {
        Converter<ResponseBody, ?> converter =
            factory.responseBodyConverter(type, annotations, retrofit);
        return converter == null ? null : body -> decoded(converter, body);
      }

      @Override
      public @Nullable Converter<?, okhttp3.RequestBody> requestBodyConverter(
          Type type,
          Annotation[] parameterAnnotations,
          Annotation[] methodAnnotations,
          Retrofit retrofit) {
        return factory.requestBodyConverter(
            type, parameterAnnotations, methodAnnotations, retrofit);
      }

      @Override
      public @Nullable Converter<?, String> stringConverter(
          Type type, Annotation[] annotations, Retrofit retrofit) {
        return HeaderMaps.deferringCheck(
            factory.stringConverter(type, annotations, retrofit), annotations);
      }
    };
  }

  private static <T> @Nullable T decoded(Converter<ResponseBody, T> converter, ResponseBody body)
      throws IOException {
    try {
      return converter.convert(body);
    } catch (JsonException e) {
      throw e;
    } catch (RuntimeException | StackOverflowError e) {
      body.close();
      throw new DecodingException(e);
    }
  }

  /** The exception of the converter. */
  Throwable thrown() {
    return Objects.requireNonNull(getCause());
  }
}
