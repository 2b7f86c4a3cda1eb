package io.github.persona4j.benchmarks;

import io.github.persona4j.api.InquiriesApi;
import io.github.persona4j.model.Inquiry;
import io.github.persona4j.model.InquiryAttributes;
import io.github.persona4j.model.InquiryPage;
import io.github.persona4j.model.ModelTypes;
import io.github.persona4j.request.JsonConverterFactory;
import io.github.persona4j.request.RequestOptions;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.time.OffsetDateTime;
import java.util.Objects;
import okhttp3.RequestBody;
import okhttp3.ResponseBody;
import org.jspecify.annotations.Nullable;
import retrofit2.Converter;
import retrofit2.Retrofit;

/** The generated models, read and written by the converters that Retrofit gets. */
final class OurModels {
  private final Converter<ResponseBody, InquiryPage> decoder;
  private final Converter<InquiryPage, RequestBody> encoder;

  OurModels() {
    Retrofit retrofit =
        new Retrofit.Builder()
            .baseUrl("http://localhost/")
            .addConverterFactory(JsonConverterFactory.create(ModelTypes.ALL))
            .build();
    decoder = retrofit.responseBodyConverter(InquiryPage.class, annotationsOfList());
    encoder =
        retrofit.requestBodyConverter(InquiryPage.class, new Annotation[0], new Annotation[0]);
  }

  private static Annotation[] annotationsOfList() {
    try {
      return InquiriesApi.class
          .getMethod("list", InquiriesApi.ListQuery.class, RequestOptions.class)
          .getAnnotations();
    } catch (NoSuchMethodException e) {
      throw new LinkageError("InquiriesApi has changed", e);
    }
  }

  InquiryPage decode(ResponseBody body) throws IOException {
    return Objects.requireNonNull(decoder.convert(body));
  }

  /** Decodes, and makes every date: they are checked while decoding and made when asked for. */
  long decodeAndReadDates(ResponseBody body) throws IOException {
    long sum = 0;
    for (Inquiry inquiry : decode(body).data()) {
      InquiryAttributes attributes = inquiry.attributes();
      sum += seconds(attributes.createdAt());
      sum += seconds(attributes.updatedAt());
      sum += seconds(attributes.startedAt());
      sum += seconds(attributes.expiresAt());
      sum += seconds(attributes.completedAt());
      sum += seconds(attributes.failedAt());
      sum += seconds(attributes.markedForReviewAt());
      sum += seconds(attributes.decisionedAt());
      sum += seconds(attributes.expiredAt());
      sum += seconds(attributes.redactedAt());
    }
    return sum;
  }

  private static long seconds(@Nullable OffsetDateTime date) {
    return date == null ? 0 : date.getSecond();
  }

  RequestBody encode(InquiryPage page) throws IOException {
    return Objects.requireNonNull(encoder.convert(page));
  }
}
