package io.github.persona4j.testing.internal.search;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.github.persona4j.testing.internal.description.ApiDescription;
import io.github.persona4j.testing.internal.description.Operation;
import io.github.persona4j.testing.internal.http.ApiFailure;
import io.github.persona4j.testing.internal.operation.OperationCall;
import io.github.persona4j.testing.internal.operation.OperationResult;
import io.github.persona4j.testing.internal.operation.Operations;
import io.github.persona4j.testing.internal.operation.Pages;
import io.github.persona4j.testing.internal.store.ObjectStore;
import io.github.persona4j.testing.internal.store.StoredObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The operations that search. */
public final class SearchOperations {
  private static final String CREATED_AT = "created_at";

  private final ObjectStore store;
  private final Pages pages;
  private final SearchIndex index;

  private SearchOperations(ObjectStore store, Pages pages, SearchIndex index) {
    this.store = store;
    this.pages = pages;
    this.index = index;
  }

  /** Registers all searches that the description has. */
  public static void register(Operations operations, ObjectStore store, SearchIndex index) {
    index.watch(store);
    SearchOperations searches = new SearchOperations(store, operations.pages(), index);
    ApiDescription description = ApiDescription.get();
    for (Operation operation : description.operations()) {
      Map<String, Operation.Searchable> searchable = operation.searchable();
      if (searchable != null) {
        String type = operation.dataTypes().iterator().next();
        SearchAttributes attributes =
            new SearchAttributes(
                Objects.requireNonNull(description.resourceType(type)), searchable);
        operations.on(operation.id(), call -> searches.search(call, attributes));
      }
    }
  }

  private OperationResult search(OperationCall call, SearchAttributes attributes) {
    JsonObject body = call.body();
    Predicate<StoredObject> condition = SearchQuery.parse(body.get("query"), attributes);
    Pages.Wanted wanted = wanted(call);
    String family = StoredObject.family(call.operation().dataTypes().iterator().next());
    String path = call.request().path();
    UnaryOperator<@Nullable StoredObject> view = index.view();
    Predicate<StoredObject> found =
        object -> {
          StoredObject seen = view.apply(object);
          return seen != null && condition.test(seen);
        };
    JsonElement sort = body.get("sort");
    if (!(sort instanceof JsonObject order) || isDefault(order)) {
      return OperationResult.document(pages.page(path, wanted, family, found, view));
    }
    List<StoredObject> all = new ArrayList<>();
    for (StoredObject object : store.all(family)) {
      StoredObject seen = view.apply(object);
      if (seen != null && condition.test(seen)) {
        all.add(seen);
      }
    }
    String attribute = OperationCall.text(order, "attribute");
    List<StoredObject> sorted =
        attributes.sorted(all, attribute == null ? "" : attribute, isDescending(order));
    return OperationResult.document(pages.page(path, wanted, sorted));
  }

  /** Returns the page that the body asks for, or the query, which the description has, too. */
  private static Pages.Wanted wanted(OperationCall call) {
    if (call.body().get("page") instanceof JsonObject page) {
      return Pages.Wanted.of(
          OperationCall.text(page, "after"),
          OperationCall.text(page, "before"),
          OperationCall.text(page, "size"));
    }
    return Pages.Wanted.of(call.query());
  }

  private static boolean isDefault(JsonObject sort) {
    return CREATED_AT.equals(OperationCall.text(sort, "attribute")) && isDescending(sort);
  }

  private static boolean isDescending(JsonObject sort) {
    String direction = OperationCall.text(sort, "direction");
    if ("desc".equals(direction)) {
      return true;
    }
    if ("asc".equals(direction)) {
      return false;
    }
    throw ApiFailure.unprocessable("/sort/direction", "The direction must be asc or desc.");
  }
}
