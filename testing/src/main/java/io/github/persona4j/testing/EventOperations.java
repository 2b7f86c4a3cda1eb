package io.github.persona4j.testing;

import com.google.gson.JsonObject;
import io.github.persona4j.testing.internal.http.ApiFailure;
import io.github.persona4j.testing.internal.http.Query;
import io.github.persona4j.testing.internal.json.Json;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The operations on events. */
final class EventOperations {
  private static final List<String> LIST_PARAMETERS =
      Stream.concat(
              Pages.PARAMETERS.stream(),
              Stream.of("filter[id]", "filter[name]", "filter[object-id]"))
          .toList();

  private final Store store;
  private final Pages pages;

  EventOperations(Store store, Pages pages) {
    this.store = store;
    this.pages = pages;
  }

  JsonObject list(String path, Query query) {
    query.allowOnly(LIST_PARAMETERS);
    Set<String> ids = query.list("filter[id]");
    Set<String> names = query.list("filter[name]");
    Set<String> objects = query.list("filter[object-id]");
    return pages.page(
        path,
        query,
        store.events,
        event ->
            matches(event.id(), ids)
                && matches(event.name(), names)
                && matches(event.objectId(), objects),
        Event::json);
  }

  private static boolean matches(String value, @Nullable Set<String> wanted) {
    return wanted == null || wanted.contains(value);
  }

  JsonObject retrieve(String id, Query query) {
    Set<String> include = query.list("include");
    if (include != null && !include.isEmpty()) {
      throw ApiFailure.badRequest("An event has no relationships to include.");
    }
    Event event = store.events.find(id);
    if (event == null) {
      throw ApiFailure.notFound();
    }
    return Json.object("data", event.json());
  }
}
