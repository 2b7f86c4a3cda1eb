package io.github.persona4j.testing.internal.operation;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.github.persona4j.testing.internal.description.Operation;
import io.github.persona4j.testing.internal.http.ApiFailure;
import io.github.persona4j.testing.internal.http.ApiRequest;
import io.github.persona4j.testing.internal.http.Query;
import io.github.persona4j.testing.internal.store.ObjectStore;
import io.github.persona4j.testing.internal.store.StoredObject;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request for one operation, whose parameters and body are valid by the description. */
public final class OperationCall {
  private final Operation operation;
  private final Map<String, String> pathParameters;
  private final ApiRequest request;
  private final Query query;
  private final JsonObject body;
  private final ObjectStore store;

  OperationCall(
      Operation operation,
      Map<String, String> pathParameters,
      ApiRequest request,
      Query query,
      JsonObject body,
      ObjectStore store) {
    this.operation = operation;
    this.pathParameters = pathParameters;
    this.request = request;
    this.query = query;
    this.body = body;
    this.store = store;
  }

  /** Returns the operation as described. */
  public Operation operation() {
    return operation;
  }

  /** Returns the request as received. */
  public ApiRequest request() {
    return request;
  }

  public Query query() {
    return query;
  }

  /** Returns a parameter of the path by its name in the description, such as {@code inquiry-id}. */
  public String pathParameter(String name) {
    String value = pathParameters.get(name);
    if (value == null) {
      throw new IllegalArgumentException(operation.id() + " has no path parameter " + name);
    }
    return value;
  }

  /**
   * Returns the object that the path names by the description.
   *
   * @throws ApiFailure with 404 if there is none
   */
  public StoredObject object() {
    String type = operation.pathResource();
    String parameter = operation.pathResourceParameter();
    if (type == null || parameter == null) {
      throw new IllegalArgumentException(operation.id() + " has no object in its path");
    }
    StoredObject object = store.find(pathParameter(parameter));
    if (object == null || !(object.type().equals(type) || object.family().equals(type))) {
      throw ApiFailure.notFound();
    }
    return object;
  }

  /**
   * Returns the object of this family that the path names.
   *
   * @throws ApiFailure with 404 if there is none
   */
  public StoredObject object(String family) {
    for (String id : pathParameters.values()) {
      StoredObject object = store.find(family, id);
      if (object != null) {
        return object;
      }
    }
    throw ApiFailure.notFound();
  }

  /** Returns the body with its keys in kebab casing; an empty object if there was none. */
  public JsonObject body() {
    return body;
  }

  /** Returns {@code data.attributes} of the body; an empty object if it is absent. */
  public JsonObject attributes() {
    return child(child(body, "data"), "attributes");
  }

  /** Returns {@code meta} of the body; an empty object if it is absent. */
  public JsonObject meta() {
    return child(body, "meta");
  }

  private static JsonObject child(JsonObject parent, String name) {
    return parent.get(name) instanceof JsonObject object ? object : new JsonObject();
  }

  /** Returns a member as text; null if it is absent, a JSON null, an array or an object. */
  public static @Nullable String text(JsonObject object, String name) {
    return object.get(name) instanceof JsonPrimitive primitive ? primitive.getAsString() : null;
  }

  /** Returns whether a member is true. */
  public static boolean flag(JsonObject object, String name) {
    JsonElement value = object.get(name);
    return value != null && !(value instanceof JsonNull) && value.getAsBoolean();
  }
}
