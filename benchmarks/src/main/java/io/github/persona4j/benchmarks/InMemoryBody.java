package io.github.persona4j.benchmarks;

import java.io.ByteArrayInputStream;
import okhttp3.MediaType;
import okhttp3.ResponseBody;
import okio.Okio;

/** A response body over bytes in memory, read in pieces of 8 KiB as from a connection. */
final class InMemoryBody {
  private static final MediaType JSON = MediaType.get("application/json");

  private InMemoryBody() {}

  static ResponseBody of(byte[] content) {
    return ResponseBody.create(
        Okio.buffer(Okio.source(new ByteArrayInputStream(content))), JSON, content.length);
  }
}
