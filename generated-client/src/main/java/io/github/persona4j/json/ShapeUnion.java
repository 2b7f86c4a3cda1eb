package io.github.persona4j.json;

import com.google.gson.annotations.JsonAdapter;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A value that may have one of several JSON shapes, such as a string or a number.
 *
 * <p>The base class of generated classes, which add typed accessors. Immutable and thread-safe.
 */
@JsonAdapter(GsonAdapters.class)
public abstract class ShapeUnion implements JsonWritable, RawJson {
  private final JsonValue json;

  /** For generated subclasses. */
  protected ShapeUnion(JsonValue json) {
    this.json = json;
  }

  @Override
  public final JsonValue json() {
    return json;
  }

  @Override
  public final String toJson() {
    return json.json();
  }

  /** Returns the kind of this value. */
  public final JsonValue.Kind kind() {
    return json.kind();
  }

  /**
   * Returns the value as a type, or null if it does not have that type; for generated accessors.
   */
  protected final <T> @Nullable T as(JsonValue.Kind kind, JsonType<T> type) {
    if (json.kind() != kind) {
      return null;
    }
    try {
      return json.as(type);
    } catch (
        MalformedJsonException e) { // such as a string that is not a date, which has another shape
      if (e.reason() == MalformedJsonException.Reason.TOO_LARGE) {
        throw e;
      }
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

  /** Returns the kind only: the value may be personal data. */
  @Override
  public final String toString() {
    return getClass().getSimpleName() + "{" + kind().description() + "}";
  }

  /** Returns the JSON of a value; for generated factories. */
  protected static <T> JsonValue json(T value, JsonType<T> type) {
    return JsonValue.written(type.slot(value));
  }

  /**
   * One of the shapes; for generated code.
   *
   * @param kind the kind of JSON value
   * @param type the type of a value of this kind
   */
  protected record Shape(JsonValue.Kind kind, JsonType<?> type) {
    /** For generated code. */
    public Shape {}
  }

  /** The type of a union of shapes; for generated code. */
  protected abstract static class Type<T extends ShapeUnion> extends JsonType<T> {
    private final List<Shape> shapes;

    /** Creates a type with the shapes that the description allows; for generated subclasses. */
    protected Type(Shape... shapes) {
      super("one of several shapes");
      this.shapes = List.of(shapes);
    }

    /** Returns the union with a value. */
    protected abstract T of(JsonValue json);

    @Override
    final Object read(JsonInput in) throws IOException {
      Object slot = in.any();
      if (!(slot instanceof JsonValue json)) {
        return slot;
      }
      for (Shape shape : shapes) {
        if (shape.kind == json.kind() && in.isOfType(json, shape.type)) {
          in.charge(DecodingBudget.SMALL_OBJECT);
          return of(json);
        }
      }
      return in.unexpected(json, description());
    }
  }
}
