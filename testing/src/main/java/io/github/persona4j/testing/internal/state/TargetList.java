package io.github.persona4j.testing.internal.state;

import io.github.persona4j.testing.internal.description.ApiDescription;
import io.github.persona4j.testing.internal.http.ApiFailure;
import io.github.persona4j.testing.internal.store.ObjectStore;
import io.github.persona4j.testing.internal.store.StoredObject;
import org.jspecify.annotations.Nullable;

/** The list that a new item is for. */
public final class TargetList {
  private static final String POINTER = "/data/attributes/list-id";

  private TargetList() {}

  /**
   * Returns the list.
   *
   * @param itemType such as {@code list-item/name}
   * @throws ApiFailure with 404 if there is no list with this id; with 422 if no id is given, or
   *     the list is archived or one of items of another type
   */
  public static StoredObject find(ObjectStore store, String itemType, @Nullable String listId) {
    if (listId == null) {
      throw ApiFailure.unprocessable(POINTER, "An item needs the ID of its list.");
    }
    StoredObject list = store.find("list", listId);
    if (list == null) {
      throw ApiFailure.notFound();
    }
    String type = itemType.replace("list-item/", "list/");
    // The description has no lists of some types of items.
    if (ApiDescription.get().resourceType(type) != null && !list.type().equals(type)) {
      throw ApiFailure.unprocessable(POINTER, "The list is one of items of another type.");
    }
    if ("archived".equals(list.status())) {
      throw ApiFailure.unprocessable(POINTER, "The list is archived.");
    }
    return list;
  }
}
