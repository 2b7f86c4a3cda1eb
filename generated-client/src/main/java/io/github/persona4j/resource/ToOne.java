package io.github.persona4j.resource;

import com.google.gson.annotations.JsonAdapter;
import io.github.persona4j.json.GsonAdapters;
import io.github.persona4j.json.JsonObject;
import io.github.persona4j.json.JsonType;
import io.github.persona4j.json.JsonValue;
import io.github.persona4j.json.JsonWritable;
import io.github.persona4j.json.SafeText;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A relationship to one resource: its type and its ID, if there is one.
 * <!-- code: examples/src/test/java/io/github/persona4j/examples/JavadocExamplesTest.java#to-one -->
 *
 * <pre>{@code
 * ToOne<Account> account = inquiry.account();
 * String accountId = account.id(); // null if the inquiry has no account
 * Optional<Account> included = response.related(account);
 * }</pre>
 *
 * <p>An accessor of a resource never returns null for a relationship. One without a target is
 * {@linkplain #isEmpty() empty}; it is also {@linkplain #isOmitted() omitted} if the response does
 * not contain it, so that the resource may still have a target.
 *
 * <p>Immutable and thread-safe. Two relationships are equal if they have the same target, or if
 * both are empty in the same manner.
 *
 * @param <T> the resource; {@code Resource} if there are targets of several kinds
 */
@JsonAdapter(GsonAdapters.class)
public final class ToOne<T extends Identified> implements JsonWritable {
  /** A relationship to one resource as JSON has it; implemented by generated classes. */
  public interface Data extends JsonObject {
    /** Returns the identifier of the target; null if there is none. */
    @Nullable Identified data();
  }

  private final Target<T> target;
  private final boolean omitted;
  private final @Nullable Data relationship;
  private final @Nullable Identified identifier;
  private final @Nullable String type;
  private final @Nullable String id;

  private ToOne(
      Target<T> target,
      boolean omitted,
      @Nullable Data relationship,
      @Nullable Identified identifier) {
    this.target = target;
    this.omitted = omitted;
    this.relationship = relationship;
    this.identifier = identifier;
    this.type = identifier == null ? null : identifier.type();
    this.id = identifier == null ? null : identifier.id();
  }

  /** Returns one of several targets. */
  static <T extends Identified> ToOne<T> of(Target<T> target, Identified identifier) {
    return new ToOne<>(target, false, null, identifier);
  }

  /**
   * Returns a relationship of a resource; for generated code.
   *
   * @param resource the class of the target
   * @param json how the target is read
   * @param relationships all relationships of the resource; null if the response has none
   * @param name the name of the relationship in JSON
   * @param relationship the relationship; null if it is absent or null
   */
  public static <T extends Identified> ToOne<T> read(
      Class<T> resource,
      JsonType<T> json,
      @Nullable JsonObject relationships,
      String name,
      @Nullable Data relationship) {
    Identified identifier = relationship == null ? null : relationship.data();
    return new ToOne<>(
        new Target<>(resource, json),
        identifier == null && Relationships.isOmitted(relationships, name, relationship),
        relationship,
        identifier);
  }

  /** Returns whether there is no target: the response says so, or omits the relationship. */
  public boolean isEmpty() {
    return identifier == null;
  }

  /**
   * Returns whether the response does not contain the relationship or its data, as with an
   * attribute blocklist. Whether the resource has a target is not known then.
   */
  public boolean isOmitted() {
    return omitted;
  }

  /**
   * Returns the type of the target as named by the API, such as {@code account}; null if this is
   * empty. It may be a type that this client does not know.
   */
  public @Nullable String type() {
    return type;
  }

  /** Returns the ID of the target; null if this is empty. */
  public @Nullable String id() {
    return id;
  }

  /** Returns the links of the relationship as raw JSON; null if the response has none. */
  public @Nullable JsonValue links() {
    return relationship == null ? null : relationship.property("links");
  }

  /** Returns the class or the interface of the target, such as {@code Account.class}. */
  public Class<T> target() {
    return target.resource();
  }

  /**
   * Returns the relationship as the API would write it: with {@code data} and {@code links}. One
   * that is omitted is an empty object.
   */
  @Override
  public String toJson() {
    return Relationships.json(
        omitted, relationship, identifier == null ? "null" : Relationships.json(identifier));
  }

  /** Returns a resource as the target; empty if it is of another class. */
  Optional<T> cast(Identified found) {
    return target.cast(found);
  }

  /** Returns the target if the response contains it in full within the relationship. */
  Optional<T> embedded() {
    return identifier != null && target.resource().isInstance(identifier)
        ? Optional.of(target.resource().cast(identifier))
        : Optional.empty();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ToOne<?> that
        && omitted == that.omitted
        && Objects.equals(type, that.type)
        && Objects.equals(id, that.id)
        && target.resource() == that.target.resource();
  }

  @Override
  public int hashCode() {
    return Objects.hash(omitted, type, id);
  }

  /** Shows the type and the ID of the target. */
  @Override
  public String toString() {
    if (type == null || id == null) {
      return omitted ? "ToOne{omitted}" : "ToOne{empty}";
    }
    return "ToOne{type=" + SafeText.of(type) + ", id=" + SafeText.of(id) + "}";
  }
}
