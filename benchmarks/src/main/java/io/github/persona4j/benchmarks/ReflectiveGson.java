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

/** Plain objects that Gson fills by reflection, as Retrofit's converter for Gson does it. */
final class ReflectiveGson {
  private static final MediaType JSON = MediaType.get("application/json; charset=UTF-8");

  private final Gson gson =
      new GsonBuilder()
          .setFieldNamingPolicy(FieldNamingPolicy.LOWER_CASE_WITH_DASHES)
          .registerTypeAdapter(OffsetDateTime.class, new Dates().nullSafe())
          .serializeNulls()
          .disableHtmlEscaping()
          .create();
  private final TypeAdapter<PlainPage> adapter = gson.getAdapter(PlainPage.class);

  PlainPage decode(ResponseBody body) throws IOException {
    try (body;
        Reader text = new InputStreamReader(body.byteStream(), StandardCharsets.UTF_8)) {
      return adapter.read(gson.newJsonReader(text));
    }
  }

  RequestBody encode(PlainPage page) throws IOException {
    Buffer buffer = new Buffer();
    Writer text = new OutputStreamWriter(buffer.outputStream(), StandardCharsets.UTF_8);
    JsonWriter writer = gson.newJsonWriter(text);
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
