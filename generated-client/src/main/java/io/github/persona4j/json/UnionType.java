package io.github.persona4j.json;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The type of a union of resources that a tag identifies, which is {@code type} in this API.
 *
 * <p>If the tag is the first property, as in responses of the API, the object is read as a stream;
 * otherwise it is buffered once.
 *
 * @param <T> the interface of the union
 */
public abstract class UnionType<T> extends JsonType<T> {
  private final String tagName;

  /** For generated code. */
  protected UnionType(String tagName) {
    super("object");
    this.tagName = tagName;
  }

  boolean isTaggedBy(String name) {
    return tagName.equals(name);
  }

  /** Returns the type of the member with a tag; null if the tag is unknown. */
  protected abstract @Nullable ModelType<?> member(String tag);

  /** Returns the value for an object with an unknown tag. */
  protected abstract T unknown(JsonValue json);

  @Override
  final Object read(JsonInput in) throws IOException {
    if (!in.isObject()) {
      return in.other(description());
    }
    JsonInput object = in.withTag(tagName);
    String tag = object.tag();
    ModelType<?> member = tag == null ? null : member(tag);
    if (member != null) {
      return member.readObject(object);
    }
    in.charge(DecodingBudget.SMALL_OBJECT);
    return unknown(object.raw());
  }
}
