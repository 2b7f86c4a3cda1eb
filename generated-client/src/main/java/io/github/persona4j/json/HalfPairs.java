package io.github.persona4j.json;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.Writer;

/**
 * Escapes a half of a surrogate pair, which JSON may hold but UTF-8 has no bytes for: an encoder
 * would write a question mark.
 *
 * <p>Whoever writes must not tear a pair apart; a {@code JsonWriter} does not.
 */
final class HalfPairs extends FilterWriter {
  HalfPairs(Writer out) {
    super(out);
  }

  @Override
  public void write(int c) throws IOException {
    write(String.valueOf((char) c), 0, 1);
  }

  @Override
  public void write(char[] chars, int offset, int length) throws IOException {
    write(String.valueOf(chars, offset, length), 0, length);
  }

  @Override
  public void write(String text, int offset, int length) throws IOException {
    int end = offset + length;
    int written = offset;
    for (int i = offset; i < end; i++) {
      char c = text.charAt(i);
      if (!Character.isSurrogate(c)) {
        continue;
      }
      if (Character.isHighSurrogate(c)
          && i + 1 < end
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
        continue;
      }
      out.write(text, written, i - written);
      out.write("\\u" + Integer.toHexString(c)); // always four digits, d800 to dfff
      written = i + 1;
    }
    out.write(text, written, end - written);
  }
}
