package io.github.persona4j.json;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The type of a family of objects that are told apart by which property they have.
 *
 * <p>An object is buffered once, since any of its properties may tell.
 *
 * @param <T> the interface of the family
 */
public abstract class PropertyUnionType<T> extends JsonType<T> {
  /** For generated code. */
  protected PropertyUnionType() {
    super("object");
  }

  /** The type of the member that has a property; null where the property tells nothing. */
  protected abstract @Nullable ModelType<?> member(String property);

  /** What stands for an object that has none of the properties. */
  protected abstract T unknown(JsonValue json);

  @Override
  final Object read(JsonInput in) throws IOException {
    if (!in.isObject()) {
      return in.other(words());
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
