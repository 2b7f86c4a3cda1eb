package io.github.persona4j.testing.internal.operation;

import io.github.persona4j.testing.internal.store.Ids;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Faults of pages and their links. Thread-safe. */
public final class PageFaults {
  private final Map<String, String> emptyAfter = new ConcurrentHashMap<>();
  private final Map<String, String> aliases = new ConcurrentHashMap<>();
  private volatile boolean repeatCursor;
  private volatile String origin = "";

  public void emptyPageAfter(String id) {
    int underscore = id.indexOf('_');
    String alias = Ids.of(underscore < 0 ? "cur" : id.substring(0, underscore), "after " + id);
    aliases.put(alias, id);
    emptyAfter.put(id, alias);
  }

  public void repeatCursor() {
    repeatCursor = true;
  }

  public void linkHost(String host) {
    origin = host.contains("//") ? host : "https://" + host;
  }

  /**
   * Returns the next cursor of the empty page after this cursor, or null if there is no such page.
   */
  @Nullable String cursorAfterEmptyPage(@Nullable String cursor) {
    return cursor == null ? null : emptyAfter.get(cursor);
  }

  /** Returns the id of the object that a cursor refers to. */
  String resolve(String cursor) {
    return aliases.getOrDefault(cursor, cursor);
  }

  /** Returns a link in the format of the API: without a host, encoded, with only the cursor. */
  String link(String path, String parameter, @Nullable String usedCursor, String cursor) {
    String target = repeatCursor && usedCursor != null ? usedCursor : cursor;
    return origin
        + path
        + '?'
        + URLEncoder.encode(parameter, StandardCharsets.UTF_8)
        + '='
        + URLEncoder.encode(target, StandardCharsets.UTF_8);
  }
}
