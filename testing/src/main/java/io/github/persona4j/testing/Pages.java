package io.github.persona4j.testing;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.github.persona4j.testing.internal.http.ApiFailure;
import io.github.persona4j.testing.internal.http.Query;
import io.github.persona4j.testing.internal.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Creates the pages of list operations. */
final class Pages {
  static final List<String> PARAMETERS = List.of("page[after]", "page[before]", "page[size]");

  private static final int DEFAULT_SIZE = 10;
  private static final int MAX_SIZE = 100;

  private final PageFaults pageFaults;

  Pages(PageFaults pageFaults) {
    this.pageFaults = pageFaults;
  }

  <T extends Timeline.Entry> JsonObject page(
      String path,
      Query query,
      Timeline<T> timeline,
      Predicate<T> filter,
      Function<T, JsonObject> json) {
    if (query.has("include")) {
      throw ApiFailure.badRequest("A list does not accept include.");
    }
    int size = size(query.get("page[size]"));
    String after = query.get("page[after]");
    String before = query.get("page[before]");
    if (after != null && before != null) {
      throw ApiFailure.badRequest("Set page[after] or page[before], not both.");
    }
    String afterEmptyPage = pageFaults.cursorAfterEmptyPage(after);
    if (afterEmptyPage != null) {
      return document(List.of(), null, pageFaults.link(path, "page[after]", after, afterEmptyPage));
    }
    Timeline.Slice<T> slice =
        before != null
            ? timeline.before(pageFaults.resolve(before), size, filter)
            : timeline.after(after == null ? null : pageFaults.resolve(after), size, filter);
    if (slice == null) {
      throw ApiFailure.badRequest("The cursor is not the ID of an object in this list.");
    }
    List<T> items = slice.items();
    String previous = null;
    String next = null;
    if (!items.isEmpty() && slice.newerExist()) {
      previous = pageFaults.link(path, "page[before]", before, items.get(0).id());
    }
    if (!items.isEmpty() && slice.olderExist()) {
      next = pageFaults.link(path, "page[after]", after, items.get(items.size() - 1).id());
    }
    List<JsonElement> data = new ArrayList<>(items.size());
    items.forEach(item -> data.add(json.apply(item)));
    return document(data, previous, next);
  }

  private static JsonObject document(
      List<JsonElement> data, @Nullable String previous, @Nullable String next) {
    return Json.object("data", data, "links", Json.object("prev", previous, "next", next));
  }

  private static int size(@Nullable String text) {
    if (text == null) {
      return DEFAULT_SIZE;
    }
    try {
      int size = Integer.parseInt(text);
      if (size >= 1 && size <= MAX_SIZE) {
        return size;
      }
    } catch (NumberFormatException e) {
      // Rejected below, like a number out of range.
    }
    throw ApiFailure.badRequest("page[size] must be an integer from 1 to 100.");
  }
}
