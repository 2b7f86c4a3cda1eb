package io.github.persona4j.json;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.util.Random;

/** A stream that returns a few bytes at a time, so that tokens cross the end of the buffer. */
final class ChunkedInputStream extends FilterInputStream {
  private final Random random;

  ChunkedInputStream(byte[] bytes, Random random) {
    super(new ByteArrayInputStream(bytes));
    this.random = random;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    return super.read(buffer, offset, Math.min(length, 1 + random.nextInt(5)));
  }
}
