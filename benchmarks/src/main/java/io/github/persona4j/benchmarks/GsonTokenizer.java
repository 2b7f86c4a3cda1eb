package io.github.persona4j.benchmarks;

import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import okhttp3.ResponseBody;

/** Gson's tokenizer alone: reads every name and every value, and keeps nothing. */
final class GsonTokenizer {
  /** Returns the number of characters in names and simple values. */
  long read(ResponseBody body) throws IOException {
    long length = 0;
    try (body;
        JsonReader reader =
            new JsonReader(new InputStreamReader(body.byteStream(), StandardCharsets.UTF_8))) {
      while (true) {
        JsonToken token = reader.peek();
        switch (token) {
          case BEGIN_ARRAY -> reader.beginArray();
          case END_ARRAY -> reader.endArray();
          case BEGIN_OBJECT -> reader.beginObject();
          case END_OBJECT -> reader.endObject();
          case NAME -> length += reader.nextName().length();
          case STRING, NUMBER -> length += reader.nextString().length();
          case BOOLEAN -> length += reader.nextBoolean() ? 4 : 5;
          case NULL -> reader.nextNull();
          case END_DOCUMENT -> {
            return length;
          }
        }
      }
    }
  }
}
