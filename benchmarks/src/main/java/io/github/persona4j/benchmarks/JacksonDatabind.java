package io.github.persona4j.benchmarks;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.InputStream;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okhttp3.ResponseBody;

/** The same POJOs, read and written by Jackson databind and its module for dates. */
final class JacksonDatabind {
  private static final MediaType JSON = MediaType.get("application/json; charset=UTF-8");

  private final JsonMapper mapper =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
          .visibility(PropertyAccessor.FIELD, Visibility.ANY)
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(DeserializationFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
          .build();
  private final ObjectReader reader = mapper.readerFor(PojoInquiryPage.class);
  private final ObjectWriter writer = mapper.writerFor(PojoInquiryPage.class);

  PojoInquiryPage decode(ResponseBody body) throws IOException {
    try (body;
        InputStream bytes = body.byteStream()) {
      return reader.readValue(bytes);
    }
  }

  RequestBody encode(PojoInquiryPage page) throws IOException {
    return RequestBody.create(writer.writeValueAsBytes(page), JSON);
  }
}
