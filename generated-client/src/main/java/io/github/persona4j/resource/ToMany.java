package io.github.persona4j.resource;

import com.google.gson.annotations.JsonAdapter;
import io.github.persona4j.json.GsonAdapters;
import io.github.persona4j.json.JsonObject;
import io.github.persona4j.json.JsonType;
import io.github.persona4j.json.JsonValue;
import io.github.persona4j.json.JsonWritable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A relationship to several resources: the type and the ID of each, in the order of the response.
 * <!-- code: examples/src/test/java/io/github/persona4j/examples/JavadocExamplesTest.java#to-many -->
 *
 * <pre>{@code
 * ToMany<Verification> verifications = inquiry.verifications();
 * List<String> ids = verifications.ids();
 * List<Verification> all = response.related(verifications);
 * }</pre>
 *
 * <p>An accessor of a resource never returns null for a relationship. One without targets is
 * {@linkplain #isEmpty() empty}; it is also {@linkplain #isOmitted() omitted} if the response does
 * not contain it, so that the resource may still have targets.
 *
 * <p>Immutable and thread-safe. Two relationships are equal if they have equal targets, or if both
 * are empty in the same manner.
 *
 * @param <T> the resource; {@code Resource} if there are targets of several kinds
 */
@JsonAdapter(GsonAdapters.class)
public final class ToMany<T extends Identified> implements JsonWritable, Iterable<ToOne<T>> {
  /** A relationship to several resources as JSON has it; implemented by generated classes. */
  public interface Data extends JsonObject {
    /** Returns the identifiers of the targets; empty if there are none. */
    List<? extends @Nullable Identified> data();
  }

  private final Target<T> target;
  private final boolean omitted;
  private final List<ToOne<T>> targets;
  private final @Nullable Data relationship;

  private ToMany(
      Target<T> target, boolean omitted, List<ToOne<T>> targets, @Nullable Data relationship) {
    this.target = target;
    this.omitted = omitted;
    this.targets = targets;
    this.relationship = relationship;
  }

  /**
   * Returns a relationship of a resource; for generated code.
   *
   * @param resource the class of the targets
   * @param json how a target is read
   * @param relationships all relationships of the resource; null if the response has none
   * @param name the name of the relationship in JSON
   * @param relationship the relationship; null if it is absent or null
   */
  public static <T extends Identified> ToMany<T> read(
      Class<T> resource,
      JsonType<T> json,
      @Nullable JsonObject relationships,
      String name,
      @Nullable Data relationship) {
    Target<T> target = new Target<>(resource, json);
    List<ToOne<T>> targets = new ArrayList<>();
    if (relationship != null) {
      for (@Nullable Identified identifier : relationship.data()) {
        if (identifier != null) {
          targets.add(ToOne.of(target, identifier));
        }
      }
    }
    return new ToMany<>(
        target,
        targets.isEmpty() && Relationships.isOmitted(relationships, name, relationship),
        List.copyOf(targets),
        relationship);
  }

  /** Returns whether there is no target: the response says so, or omits the relationship. */
  public boolean isEmpty() {
    return targets.isEmpty();
  }

  /**
   * Returns whether the response does not contain the relationship or its data, as with an
   * attribute blocklist. Whether the resource has targets is not known then.
   */
  public boolean isOmitted() {
    return omitted;
  }

  /** Returns the targets in the order of the response, none of them empty; unmodifiable. */
  public List<ToOne<T>> targets() {
    return targets;
  }

  /** Returns the IDs of the targets in the order of the response; unmodifiable. */
  public List<String> ids() {
    return targets.stream().map(each -> Objects.requireNonNull(each.id())).toList();
  }

  /** Iterates over {@link #targets()}. */
  @Override
  public Iterator<ToOne<T>> iterator() {
    return targets.iterator();
  }

  /** Returns the links of the relationship as raw JSON; null if the response has none. */
  public @Nullable JsonValue links() {
    return relationship == null ? null : relationship.property("links");
  }

  /** Returns the class or the interface of the targets, such as {@code Verification.class}. */
  public Class<T> target() {
    return target.resource();
  }

  /**
   * Returns the relationship as the API would write it: with {@code data} and {@code links}. One
   * that is omitted is an empty object.
   */
  @Override
  public String toJson() {
    return Relationships.json(omitted, relationship, "[]");
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ToMany<?> that
        && omitted == that.omitted
        && targets.equals(that.targets)
        && target.resource() == that.target.resource();
  }

  @Override
  public int hashCode() {
    return Objects.hash(omitted, targets);
  }

  /** Shows the number of targets. */
  @Override
  public String toString() {
    return omitted ? "ToMany{omitted}" : "ToMany{" + targets.size() + " targets}";
  }
}
