package io.github.persona4j.benchmarks;

import java.io.ByteArrayInputStream;
import okhttp3.MediaType;
import okhttp3.ResponseBody;
import okio.Okio;

/** An answer's body over bytes in memory, in pieces of 8 KiB as a connection gives them. */
final class Answer {
  private static final MediaType JSON = MediaType.get("application/json");

  private Answer() {}

  static ResponseBody of(byte[] content) {
    return ResponseBody.create(
        Okio.buffer(Okio.source(new ByteArrayInputStream(content))), JSON, content.length);
  }
}
