package io.github.persona4j.benchmarks;

import com.google.gson.FieldNamingPolicy;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.TypeAdapter;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okhttp3.ResponseBody;
import okio.Buffer;

/** POJOs, read and written by Gson with reflection like in Retrofit's converter-gson. */
final class ReflectiveGson {
  private static final MediaType JSON = MediaType.get("application/json; charset=UTF-8");

  private final Gson gson =
      new GsonBuilder()
          .setFieldNamingPolicy(FieldNamingPolicy.LOWER_CASE_WITH_DASHES)
          .registerTypeAdapter(OffsetDateTime.class, new Dates().nullSafe())
          .serializeNulls()
          .disableHtmlEscaping()
          .create();
  private final TypeAdapter<PojoInquiryPage> adapter = gson.getAdapter(PojoInquiryPage.class);

  PojoInquiryPage decode(ResponseBody body) throws IOException {
    try (body;
        Reader characters = new InputStreamReader(body.byteStream(), StandardCharsets.UTF_8)) {
      return adapter.read(gson.newJsonReader(characters));
    }
  }

  RequestBody encode(PojoInquiryPage page) throws IOException {
    Buffer buffer = new Buffer();
    Writer characters = new OutputStreamWriter(buffer.outputStream(), StandardCharsets.UTF_8);
    JsonWriter writer = gson.newJsonWriter(characters);
    adapter.write(writer, page);
    writer.close();
    return RequestBody.create(buffer.readByteString(), JSON);
  }

  private static final class Dates extends TypeAdapter<OffsetDateTime> {
    @Override
    public OffsetDateTime read(JsonReader in) throws IOException {
      return OffsetDateTime.parse(in.nextString());
    }

    @Override
    public void write(JsonWriter out, OffsetDateTime value) throws IOException {
      out.value(DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(value));
    }
  }
}
