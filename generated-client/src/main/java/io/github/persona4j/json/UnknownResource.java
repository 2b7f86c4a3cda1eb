package io.github.persona4j.json;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A resource whose {@code type} this client does not know; it keeps its whole JSON.
 *
 * <p>The base of the generated {@code Unknown} classes. Immutable and thread-safe.
 */
public abstract class UnknownResource implements RawJson {
  private final JsonValue json;
  private @Nullable Map<String, JsonValue> parts;

  /** For generated subclasses. */
  protected UnknownResource(JsonValue json) {
    this.json = json;
  }

  @Override
  public final JsonValue json() {
    return json;
  }

  /** The type as the API names it; empty where the object has none. */
  public final String type() {
    return text("type");
  }

  /** The ID; empty where the object has none. */
  public final String id() {
    return text("id");
  }

  /** This object as compact JSON; holds personal data where the object does. */
  public final String toJson() {
    return json.json();
  }

  /** Reads one property of the object, empty where it is absent or of another kind. */
  protected final <T> T read(String name, JsonType<T> type) {
    JsonValue value = parts().get(name);
    return value != null && value.kind() == JsonValue.Kind.OBJECT
        ? value.as(type)
        : type.fromJson("{}", false);
  }

  private String text(String name) {
    JsonValue value = parts().get(name);
    return value != null && value.kind() == JsonValue.Kind.TEXT ? value.asText() : "";
  }

  private Map<String, JsonValue> parts() {
    Map<String, JsonValue> found = parts;
    if (found == null) {
      found = json.asMap();
      parts = found; // made twice by two threads at worst
    }
    return found;
  }

  @Override
  @SuppressWarnings("EqualsGetClass") // each subclass is final, and values of two are never equal
  public final boolean equals(@Nullable Object other) {
    return other != null
        && other.getClass() == getClass()
        && ((UnknownResource) other).json.equals(json);
  }

  @Override
  public final int hashCode() {
    return json.hashCode();
  }

  /** The type and id only. */
  @Override
  public final String toString() {
    return "Unknown{type=" + SafeText.of(type()) + ", id=" + SafeText.of(id()) + "}";
  }
}
