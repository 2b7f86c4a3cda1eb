package io.github.persona4j.json;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The type of a union of objects that differ in which property they have.
 *
 * <p>An object is buffered once, since any of its properties may identify the member.
 *
 * @param <T> the interface of the union
 */
public abstract class PropertyUnionType<T> extends JsonType<T> {
  /** For generated code. */
  protected PropertyUnionType() {
    super("object");
  }

  /** Returns the type of the member that a property identifies; null if it identifies none. */
  protected abstract @Nullable ModelType<?> member(String property);

  /** Returns the value for an object that has none of the properties. */
  protected abstract T unknown(JsonValue json);

  @Override
  final Object read(JsonInput in) throws IOException {
    if (!in.isObject()) {
      return in.other(description());
    }
    JsonValue json = in.raw();
    for (String property : json.asMap().keySet()) {
      ModelType<?> member = member(property);
      if (member != null) {
        return member.readObject(in.again(json, in.previousPath()));
      }
    }
    in.charge(DecodingBudget.SMALL_OBJECT);
    return unknown(json);
  }
}
