package io.github.persona4j.testing.internal.operation;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.persona4j.testing.internal.http.ApiFailure;
import io.github.persona4j.testing.internal.http.Query;
import io.github.persona4j.testing.internal.json.Json;
import io.github.persona4j.testing.internal.store.ObjectStore;
import io.github.persona4j.testing.internal.store.Slice;
import io.github.persona4j.testing.internal.store.StoredObject;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Creates the pages of lists and searches. */
public final class Pages {
  static final int MAX_SIZE = 100;
  static final int DEFAULT_SIZE = 10;

  private final ObjectStore store;
  private final PageFaults faults;

  Pages(ObjectStore store, PageFaults faults) {
    this.store = store;
    this.faults = faults;
  }

  /** The page that a request asks for; a cursor is an id. */
  public record Wanted(@Nullable String after, @Nullable String before, int size) {
    /**
     * Returns the page of the parameters {@code page[after]}, {@code page[before]} and {@code
     * page[size]}.
     *
     * @throws ApiFailure with 400 if they are invalid
     */
    public static Wanted of(Query query) {
      return of(query.get("page[after]"), query.get("page[before]"), query.get("page[size]"));
    }

    /**
     * Returns the page of these parameters, each null if it is absent.
     *
     * @throws ApiFailure with 400 if they are invalid
     */
    public static Wanted of(
        @Nullable String after, @Nullable String before, @Nullable String size) {
      if (after != null && before != null) {
        throw ApiFailure.badRequest("Set page[after] or page[before], not both.");
      }
      return new Wanted(after, before, size == null ? DEFAULT_SIZE : parse(size));
    }

    private static int parse(String text) {
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

  /** Returns the page of the objects of a family that a filter accepts, newest first. */
  JsonObject page(String path, Wanted wanted, String family, Predicate<StoredObject> filter) {
    return page(path, wanted, family, filter, object -> object);
  }

  /**
   * Returns the page of the objects of a family that a filter accepts, newest first.
   *
   * @param view returns what the page shows of an object that the filter accepts
   */
  public JsonObject page(
      String path,
      Wanted wanted,
      String family,
      Predicate<StoredObject> filter,
      UnaryOperator<@Nullable StoredObject> view) {
    String after = wanted.after();
    String before = wanted.before();
    String afterEmptyPage = faults.cursorAfterEmptyPage(after);
    if (afterEmptyPage != null) {
      return document(List.of(), null, faults.link(path, "page[after]", after, afterEmptyPage));
    }
    Slice slice =
        before != null
            ? store.before(family, faults.resolve(before), wanted.size(), filter)
            : store.after(
                family, after == null ? null : faults.resolve(after), wanted.size(), filter);
    if (slice == null) {
      throw unknownCursor();
    }
    List<StoredObject> seen = new ArrayList<>();
    for (StoredObject item : slice.items()) {
      StoredObject shown = view.apply(item);
      seen.add(shown == null ? item : shown);
    }
    return document(path, wanted, new Slice(seen, slice.newerExist(), slice.olderExist()));
  }

  /** Returns the page of objects in an order of their own. */
  public JsonObject page(String path, Wanted wanted, List<StoredObject> all) {
    int from = 0;
    int to = all.size();
    if (wanted.after() != null) {
      from = position(all, faults.resolve(wanted.after())) + 1;
      to = Math.min(to, from + wanted.size());
    } else if (wanted.before() != null) {
      to = position(all, faults.resolve(wanted.before()));
      from = Math.max(0, to - wanted.size());
    } else {
      to = Math.min(to, wanted.size());
    }
    return document(path, wanted, new Slice(all.subList(from, to), from > 0, to < all.size()));
  }

  private static int position(List<StoredObject> all, String id) {
    for (int i = 0; i < all.size(); i++) {
      if (all.get(i).id().equals(id)) {
        return i;
      }
    }
    throw unknownCursor();
  }

  private static ApiFailure unknownCursor() {
    return ApiFailure.badRequest("The cursor is not the ID of an object in this list.");
  }

  private JsonObject document(String path, Wanted wanted, Slice slice) {
    List<StoredObject> items = slice.items();
    String previous = null;
    String next = null;
    if (!items.isEmpty() && slice.newerExist()) {
      previous = faults.link(path, "page[before]", wanted.before(), items.get(0).id());
    }
    if (!items.isEmpty() && slice.olderExist()) {
      next = faults.link(path, "page[after]", wanted.after(), items.get(items.size() - 1).id());
    }
    return document(items, previous, next);
  }

  private static JsonObject document(
      List<StoredObject> items, @Nullable String previous, @Nullable String next) {
    JsonArray data = new JsonArray(items.size());
    items.forEach(item -> data.add(item.json()));
    return Json.object("data", data, "links", Json.object("prev", previous, "next", next));
  }
}
