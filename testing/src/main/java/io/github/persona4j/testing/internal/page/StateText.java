package io.github.persona4j.testing.internal.page;

import io.github.persona4j.testing.internal.store.ObjectStore;
import io.github.persona4j.testing.internal.store.Slice;
import io.github.persona4j.testing.internal.store.StoredObject;
import java.util.List;

/** The state of the fake as text: ids, types and states, but no other attributes. */
public final class StateText {
  private static final int OBJECTS_PER_FAMILY = 5;
  private static final int LINES = 30;

  private StateText() {}

  /**
   * Returns the text.
   *
   * @param requests one line each, the oldest first
   * @param deliveries one line each, the oldest first
   */
  public static String of(
      String title, ObjectStore store, List<String> requests, List<String> deliveries) {
    StringBuilder text = new StringBuilder(title).append('\n');
    addLast(text, "requests", requests);
    for (String family : store.families()) {
      text.append('\n').append(family).append(" (").append(store.count(family)).append(")\n");
      for (StoredObject object : newest(store, family, OBJECTS_PER_FAMILY)) {
        text.append("  ").append(line(object)).append('\n');
      }
    }
    addLast(text, "deliveries", deliveries);
    return text.toString();
  }

  /** Returns the newest objects of a family. */
  static List<StoredObject> newest(ObjectStore store, String family, int size) {
    Slice slice = store.after(family, null, size, object -> true);
    return slice == null ? List.of() : slice.items();
  }

  private static String line(StoredObject object) {
    String state = object.type().equals("event") ? object.text("name") : object.status();
    return object + (state == null ? "" : " " + state) + ' ' + object.createdAt();
  }

  private static void addLast(StringBuilder text, String title, List<String> lines) {
    text.append('\n').append(title).append(" (").append(lines.size()).append(")\n");
    lines.stream()
        .skip(Math.max(0, lines.size() - LINES))
        .forEach(line -> text.append("  ").append(line).append('\n'));
  }
}
