package io.github.persona4j.file;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * The name of a file by RFC 6266 (with the encoded form of RFC 8187, formerly 5987), or else by its
 * URL; made safe, since a server may send any text.
 */
final class FileName {
  /** Most file systems allow 255 bytes; some room is left for what others add. */
  private static final int MAX_BYTES = 200;

  private static final String NONE = "file";

  // name*=charset'language'text, name="quoted \" text", name=token
  private static final Pattern PARAMETER =
      Pattern.compile(
          "(?:^|;)\\s*([A-Za-z0-9_-]+\\*?)\\s*=\\s*(?:\"((?:[^\"\\\\]|\\\\.)*)\"|([^;\\s\"]*))");

  private static final Pattern RESERVED =
      Pattern.compile("(con|prn|aux|nul|com[0-9]|lpt[0-9])(\\..*)?", Pattern.CASE_INSENSITIVE);

  private FileName() {}

  static String of(Response response) {
    String told = told(response.header("Content-Disposition"));
    String name = told == null ? "" : safe(told);
    if (name.isEmpty()) {
      List<String> path = response.request().url().pathSegments();
      name = safe(path.get(path.size() - 1));
    }
    return name.isEmpty() ? NONE : name;
  }

  /** The name in a Content-Disposition, as it was meant; null when there is none. */
  static @Nullable String told(@Nullable String disposition) {
    if (disposition == null) {
      return null;
    }
    String plain = null;
    String encoded = null;
    for (Matcher found = PARAMETER.matcher(disposition); found.find(); ) {
      String quoted = found.group(2);
      String value = quoted == null ? found.group(3) : quoted.replaceAll("\\\\(.)", "$1");
      switch (found.group(1).toLowerCase(Locale.ROOT)) {
        case "filename" -> plain = plain == null ? value : plain;
        case "filename*" -> encoded = encoded == null ? decoded(value) : encoded;
        default -> {}
      }
    }
    return encoded == null ? plain : encoded;
  }

  private static @Nullable String decoded(String value) {
    String[] parts = value.split("'", 3);
    if (parts.length < 3) {
      return null;
    }
    Charset charset;
    switch (parts[0].toLowerCase(Locale.ROOT)) {
      case "utf-8" -> charset = StandardCharsets.UTF_8;
      case "iso-8859-1" -> charset = StandardCharsets.ISO_8859_1;
      default -> {
        return null;
      }
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    String text = parts[2];
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '%') {
        bytes.write(c);
        continue;
      }
      int high = i + 2 < text.length() ? Character.digit(text.charAt(i + 1), 16) : -1;
      int low = i + 2 < text.length() ? Character.digit(text.charAt(i + 2), 16) : -1;
      if (high < 0 || low < 0) {
        return null;
      }
      bytes.write(high * 16 + low);
      i += 2;
    }
    try {
      return charset.newDecoder().decode(ByteBuffer.wrap(bytes.toByteArray())).toString();
    } catch (CharacterCodingException e) {
      // The plain name is the better one then.
      return null;
    }
  }

  /** The name within any folder, on any system; empty when nothing is left. */
  static String safe(String name) {
    String last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
    StringBuilder safe = new StringBuilder();
    last.codePoints()
        .filter(c -> !isInvisible(c))
        .forEach(c -> safe.appendCodePoint("<>:\"|?*".indexOf(c) < 0 ? c : '_'));
    // Dots in front hide a file or lead out of the folder; Windows drops those at the end.
    String text = safe.toString().replaceAll("^[. ]+|[. ]+$", "");
    if (RESERVED.matcher(text).matches()) {
      text = "_" + text;
    }
    return cut(text);
  }

  private static boolean isInvisible(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }

  /** Cuts before the extension, which tells programs what the file is. */
  private static String cut(String name) {
    int dot = name.lastIndexOf('.');
    String extension = dot > 0 && name.length() - dot <= 16 ? name.substring(dot) : "";
    String stem = name.substring(0, name.length() - extension.length());
    while (bytes(stem) + bytes(extension) > MAX_BYTES) {
      stem = stem.substring(0, stem.offsetByCodePoints(stem.length(), -1));
    }
    return stem + extension;
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
