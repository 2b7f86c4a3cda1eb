package io.github.persona4j.drift;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Differences that are accepted: one line each with the fingerprint of a difference, or of a change
 * at all of its places, and the reason. Lines that start with {@code #} are comments.
 */
final class IgnoreFile {
  private static final Pattern LINE = Pattern.compile("([0-9a-f]{12})\\s+(\\S.*)");

  private final Map<String, String> reasons = new LinkedHashMap<>();
  private final Set<String> unused = new LinkedHashSet<>();

  private IgnoreFile() {}

  /** Returns a file without entries. */
  static IgnoreFile empty() {
    return new IgnoreFile();
  }

  /**
   * Reads a file.
   *
   * @throws DescriptionException if it cannot be read, or an entry has no reason
   */
  static IgnoreFile read(Path path) {
    IgnoreFile file = new IgnoreFile();
    List<String> lines;
    try {
      lines = Files.readAllLines(path);
    } catch (NoSuchFileException e) {
      throw new DescriptionException(path + ": no such file", e);
    } catch (IOException e) {
      throw new DescriptionException(path + ": cannot be read as UTF-8", e);
    }
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      Matcher matcher = LINE.matcher(line);
      if (!matcher.matches()) {
        throw new DescriptionException(
            path + ":" + (i + 1) + ": expected a fingerprint of 12 digits and a reason");
      }
      if (file.reasons.put(matcher.group(1), matcher.group(2)) != null) {
        throw new DescriptionException(
            path + ":" + (i + 1) + ": the fingerprint " + matcher.group(1) + " is there twice");
      }
      file.unused.add(matcher.group(1));
    }
    return file;
  }

  /** Returns why the difference is accepted, or null if it is not. */
  @Nullable String reason(Difference difference) {
    String result = null;
    for (String fingerprint : List.of(difference.fingerprint(), difference.group())) {
      String reason = reasons.get(fingerprint);
      if (reason != null) {
        unused.remove(fingerprint);
        result = result == null ? reason : result;
      }
    }
    return result;
  }

  /** Returns the entries that matched no difference so far, with their reasons. */
  List<String> unused() {
    List<String> entries = new ArrayList<>();
    unused.forEach(fingerprint -> entries.add(fingerprint + " " + reasons.get(fingerprint)));
    return entries;
  }
}
