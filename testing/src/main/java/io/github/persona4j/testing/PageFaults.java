package io.github.persona4j.testing;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** How pages and their links are made to differ from the usual ones. Thread-safe. */
final class PageHooks {
  private final Map<String, String> emptyAfter = new ConcurrentHashMap<>();
  private final Map<String, String> standIns = new ConcurrentHashMap<>();
  private volatile boolean repeat;
  private volatile String origin = "";

  void emptyPageAfter(String id) {
    int underscore = id.indexOf('_');
    String standIn = Ids.of(underscore < 0 ? "cur" : id.substring(0, underscore), "after " + id);
    standIns.put(standIn, id);
    emptyAfter.put(id, standIn);
  }

  void repeatCursor() {
    repeat = true;
  }

  void linkHost(String host) {
    origin = host.contains("//") ? host : "https://" + host;
  }

  /**
   * The cursor that an empty page after this one names as the next, or null when there is no such
   * page.
   */
  @Nullable String cursorBehindEmptyPage(@Nullable String cursor) {
    return cursor == null ? null : emptyAfter.get(cursor);
  }

  /** The object that a cursor stands for. */
  String resolved(String cursor) {
    return standIns.getOrDefault(cursor, cursor);
  }

  /** A link as the API writes it: without a host, encoded, and with nothing but the cursor. */
  String link(String path, String parameter, @Nullable String usedCursor, String cursor) {
    String named = repeat && usedCursor != null ? usedCursor : cursor;
    return origin
        + path
        + '?'
        + URLEncoder.encode(parameter, StandardCharsets.UTF_8)
        + '='
        + URLEncoder.encode(named, StandardCharsets.UTF_8);
  }
}
