package io.github.persona4j.json;

import com.google.gson.annotations.JsonAdapter;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A resource of an unknown {@code type}, with its complete JSON.
 *
 * <p>The base class of the generated {@code Unknown} classes. Immutable and thread-safe.
 */
@JsonAdapter(GsonAdapters.class)
public abstract class UnknownResource implements JsonWritable, RawJson {
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

  /** Returns the type as named by the API; empty if the object has none. */
  public final String type() {
    return string("type");
  }

  /** Returns the ID; empty if the object has none. */
  public final String id() {
    return string("id");
  }

  @Override
  public final String toJson() {
    return json.json();
  }

  /**
   * Reads a property in any casing, since the JSON may be that of a webhook. The result is empty if
   * the property is absent or not an object.
   */
  protected final <T> T read(String name, JsonType<T> type) {
    JsonValue value = parts().get(name);
    return value != null && value.kind() == JsonValue.Kind.OBJECT
        ? type.fromJsonAnyCasing(value.json())
        : type.fromJson("{}", false);
  }

  private String string(String name) {
    JsonValue value = parts().get(name);
    return value != null && value.kind() == JsonValue.Kind.STRING ? value.asString() : "";
  }

  private Map<String, JsonValue> parts() {
    Map<String, JsonValue> found = parts;
    if (found == null) {
      found = json.asMap();
      parts = found; // at worst, two threads both create it
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

  /** Returns the type and the ID only. */
  @Override
  public final String toString() {
    return "Unknown{type=" + SafeText.of(type()) + ", id=" + SafeText.of(id()) + "}";
  }
}
