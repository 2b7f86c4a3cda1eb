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
 * Determines the name of a downloaded file: the one in {@code Content-Disposition} (RFC 6266,
 * encoded as in RFC 8187), or else the last part of the URL's path. Unsafe characters and names are
 * replaced.
 */
final class FileName {
  /** Most file systems allow 255 bytes. The rest is for prefixes and suffixes of other programs. */
  private static final int MAX_BYTES = 200;

  private static final int MAX_DISPOSITION = 4096;
  private static final String NONE = "file";

  // name*=charset'language'value, name="quoted \" value", name=token. All quantifiers are
  // possessive, so that no input of a server causes backtracking or deep recursion.
  private static final Pattern PARAMETER =
      Pattern.compile(
          "(?:^|;)\\s*+([A-Za-z0-9_-]++\\*?+)\\s*+=\\s*+"
              + "(?:\"((?:[^\"\\\\]++|\\\\.)*+)\"|([^;\\s\"]*+))");

  // Names of Windows devices, also with an extension and with spaces before it.
  private static final Pattern RESERVED =
      Pattern.compile(
          "(?:con|prn|aux|nul|(?:clock|conin|conout)\\$|(?:com|lpt)[0-9\u00b9\u00b2\u00b3])"
              + " *+(?:\\..*)?",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  private FileName() {}

  static String of(Response response) {
    String stated = fromDisposition(response.header("Content-Disposition"));
    String name = stated == null ? "" : safe(stated);
    if (name.isEmpty()) {
      List<String> path = response.request().url().pathSegments();
      name = safe(path.get(path.size() - 1));
    }
    return name.isEmpty() ? NONE : name;
  }

  /** The decoded name in a {@code Content-Disposition}; null if there is none. */
  static @Nullable String fromDisposition(@Nullable String disposition) {
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
    String encoded = parts[2];
    for (int i = 0; i < encoded.length(); i++) {
      char c = encoded.charAt(i);
      if (c != '%') {
        bytes.write(c);
        continue;
      }
      int high = i + 2 < encoded.length() ? Character.digit(encoded.charAt(i + 1), 16) : -1;
      int low = i + 2 < encoded.length() ? Character.digit(encoded.charAt(i + 2), 16) : -1;
      if (high < 0 || low < 0) {
        return null;
      }
      bytes.write(high * 16 + low);
      i += 2;
    }
    try {
      return charset.newDecoder().decode(ByteBuffer.wrap(bytes.toByteArray())).toString();
    } catch (CharacterCodingException e) {
      // The plain name is used instead.
      return null;
    }
  }

  /**
   * Returns a path with this name in a folder. If the file system cannot encode the name, because
   * Java takes the encoding from the locale, other characters than ASCII are replaced.
   */
  static Path in(Path folder, String name) {
    try {
      return folder.resolve(name);
    } catch (InvalidPathException e) {
      // Its message contains the name, which may be personal data.
      return folder.resolve(ascii(name));
    }
  }

  private static String ascii(String name) {
    StringBuilder ascii = new StringBuilder();
    name.codePoints().forEach(c -> ascii.append(c >= ' ' && c <= '~' ? (char) c : '_'));
    return ascii.toString();
  }

  /** Returns a name that is safe in any folder on any system; empty if no character remains. */
  static String safe(String name) {
    String last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
    StringBuilder safe = new StringBuilder();
    last.codePoints()
        .filter(c -> !isInvisible(c))
        .forEach(c -> safe.appendCodePoint("<>:\"|?*".indexOf(c) < 0 ? c : '_'));
    String result = strip(truncate(strip(safe.toString())));
    // Programs interpret a name that begins with a dash as an option.
    return result.startsWith("-") || RESERVED.matcher(result).matches() ? "_" + result : result;
  }

  /** Removes dots and spaces: a dot at the start hides a file, and Windows drops one at the end. */
  private static String strip(String name) {
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

  /** Whether a code point is invisible, changes the text direction, or is not a character. */
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

  /** Truncates a name before its extension. */
  private static String truncate(String name) {
    int dot = name.lastIndexOf('.');
    String extension = dot > 0 && name.length() - dot <= 16 ? name.substring(dot) : "";
    String stem = name.substring(0, name.length() - extension.length());
    int remaining = MAX_BYTES - utf8Length(extension) - 1; // for a leading underscore
    int end = 0;
    while (end < stem.length()) {
      int next = stem.offsetByCodePoints(end, 1);
      remaining -= utf8Length(stem.substring(end, next));
      if (remaining < 0) {
        break;
      }
      end = next;
    }
    return stem.substring(0, end) + extension;
  }

  private static int utf8Length(String s) {
    return s.getBytes(StandardCharsets.UTF_8).length;
  }
}
