package io.github.persona4j.json;

import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A value that may have one of several JSON shapes, such as a text or a number.
 *
 * <p>The base of generated holders, which add typed accessors. Immutable and thread-safe.
 */
public abstract class ShapeUnion implements RawJson {
  private final JsonValue json;

  /** For generated subclasses. */
  protected ShapeUnion(JsonValue json) {
    this.json = json;
  }

  @Override
  public final JsonValue json() {
    return json;
  }

  /** The shape that this value has. */
  public final JsonValue.Kind kind() {
    return json.kind();
  }

  /** The value as a type, null where it is none of that type; for generated accessors. */
  protected final <T> @Nullable T as(JsonValue.Kind kind, JsonType<T> type) {
    if (json.kind() != kind) {
      return null;
    }
    try {
      return json.as(type);
    } catch (MalformedJsonException e) { // a text that is no date, a number with a fraction
      return null;
    }
  }

  @Override
  @SuppressWarnings("EqualsGetClass") // each subclass is final, and values of two are never equal
  public final boolean equals(@Nullable Object other) {
    return other != null
        && other.getClass() == getClass()
        && ((ShapeUnion) other).json.equals(json);
  }

  @Override
  public final int hashCode() {
    return json.hashCode();
  }

  /** The shape only: the value may be personal data. */
  @Override
  public final String toString() {
    return getClass().getSimpleName() + "{" + kind().words() + "}";
  }

  /** The JSON of a value, for generated factories. */
  protected static <T> JsonValue json(T value, JsonType<T> type) {
    return JsonValue.written(type.slot(value));
  }

  /** The type of a union by shape, for generated code. */
  protected abstract static class Type<T extends ShapeUnion> extends JsonType<T> {
    private final Set<JsonValue.Kind> kinds;

    /** For generated subclasses, with the kinds that the description allows. */
    protected Type(Set<JsonValue.Kind> kinds) {
      super("one of several shapes");
      this.kinds = kinds;
    }

    /** The holder of a value. */
    protected abstract T of(JsonValue json);

    @Override
    final Object read(JsonInput in) throws IOException {
      Object slot = in.any();
      if (!(slot instanceof JsonValue json)) {
        return slot;
      }
      return kinds.contains(json.kind()) ? of(json) : in.unexpected(json, words());
    }
  }
}
