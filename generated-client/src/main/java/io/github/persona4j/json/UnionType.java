package io.github.persona4j.json;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The type of a family of resources that are told apart by a tag, {@code type} in this API.
 *
 * <p>Where the tag stands first, as it does in answers, the object streams into its class; where it
 * stands elsewhere the object is buffered once.
 *
 * @param <T> the interface of the family
 */
public abstract class UnionType<T> extends JsonType<T> {
  private final String tagName;

  /** For generated code. */
  protected UnionType(String tagName) {
    super("object");
    this.tagName = tagName;
  }

  /** The type of the member with a tag; null where nobody knows the tag. */
  protected abstract @Nullable ModelType<?> member(String tag);

  /** What stands for an object with a tag that nobody knows. */
  protected abstract T unknown(JsonValue json);

  @Override
  final Object read(JsonInput in) throws IOException {
    if (!in.isObject()) {
      return in.other(words());
    }
    JsonInput object = in.tagged(tagName);
    String tag = object.tag();
    ModelType<?> member = tag == null ? null : member(tag);
    if (member != null) {
      return member.readObject(object);
    }
    in.charge(DecodingBudget.SMALL_OBJECT);
    return unknown(object.raw());
  }
}
