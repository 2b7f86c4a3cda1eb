package io.github.persona4j.internal.file;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
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
  /** Most file systems allow 255 bytes; some are left for what others add. */
  private static final int MAX_BYTES = 200;

  private static final int MAX_DISPOSITION = 4096;
  private static final String NONE = "file";

  // name*=charset'language'text, name="quoted \" text", name=token. Nothing here goes back over
  // what it has matched: the text is the server's, and can be made to take long or a deep stack.
  private static final Pattern PARAMETER =
      Pattern.compile(
          "(?:^|;)\\s*+([A-Za-z0-9_-]++\\*?+)\\s*+=\\s*+"
              + "(?:\"((?:[^\"\\\\]++|\\\\.)*+)\"|([^;\\s\"]*+))");

  // Windows sees a device in these, also before an extension, with spaces between or without.
  private static final Pattern RESERVED =
      Pattern.compile(
          "(?:con|prn|aux|nul|(?:clock|conin|conout)\\$|(?:com|lpt)[0-9\u00b9\u00b2\u00b3])"
              + " *+(?:\\..*)?",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

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
    if (disposition == null || disposition.length() > MAX_DISPOSITION) {
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

  /**
   * A file of this name in a folder; where the file system cannot write the name (Java takes its
   * encoding from the locale, and some know ASCII only), of one that is like it.
   */
  static Path in(Path folder, String name) {
    try {
      return folder.resolve(name);
    } catch (InvalidPathException e) {
      // Its message has the name, which may be personal.
      return folder.resolve(ascii(name));
    }
  }

  private static String ascii(String name) {
    StringBuilder ascii = new StringBuilder();
    name.codePoints().forEach(c -> ascii.append(c >= ' ' && c <= '~' ? (char) c : '_'));
    return ascii.toString();
  }

  /** The name within any folder, on any system; empty when nothing is left. */
  static String safe(String name) {
    String last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
    StringBuilder safe = new StringBuilder();
    last.codePoints()
        .filter(c -> !isInvisible(c))
        .forEach(c -> safe.appendCodePoint("<>:\"|?*".indexOf(c) < 0 ? c : '_'));
    String text = stripped(cut(stripped(safe.toString())));
    // Programs take a name that begins with a dash for an option.
    return text.startsWith("-") || RESERVED.matcher(text).matches() ? "_" + text : text;
  }

  /** Dots in front hide a file or lead out of the folder; Windows drops those at the end. */
  private static String stripped(String name) {
    int start = 0;
    int end = name.length();
    while (start < end && isDotOrSpace(name.charAt(start))) {
      start++;
    }
    while (start < end && isDotOrSpace(name.charAt(end - 1))) {
      end--;
    }
    return name.substring(start, end);
  }

  private static boolean isDotOrSpace(char c) {
    return c == '.' || Character.isSpaceChar(c);
  }

  /** What shows nothing, turns the direction of the text, or is no character. */
  private static boolean isInvisible(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> (c & 0xfffe) == 0xfffe || (c >= 0xfdd0 && c <= 0xfdef);
    };
  }

  /** Cuts before the extension, which tells programs what the file is. */
  private static String cut(String name) {
    int dot = name.lastIndexOf('.');
    String extension = dot > 0 && name.length() - dot <= 16 ? name.substring(dot) : "";
    String stem = name.substring(0, name.length() - extension.length());
    int room = MAX_BYTES - bytes(extension) - 1; // for the character that may come in front
    int end = 0;
    while (end < stem.length()) {
      int next = stem.offsetByCodePoints(end, 1);
      room -= bytes(stem.substring(end, next));
      if (room < 0) {
        break;
      }
      end = next;
    }
    return stem.substring(0, end) + extension;
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
