package io.github.persona4j.json;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the parts of a decoded response that are unknown to the models, at all depths.
 *
 * <p>It is in this package to access the slots of models.
 */
public final class UnknownParts {
  private static final Set<String> FORMS =
      Set.of("a string:date", "a string:date-time", "a number:integer");

  private final Set<String> open;
  private final List<UnknownPart> found = new ArrayList<>();

  private UnknownParts(Set<String> open) {
    this.open = open;
  }

  /** The kind of an unknown part. */
  public enum Kind {
    /** A property that is unknown to the model. */
    PROPERTY,
    /** A resource of a type that is unknown to the union. */
    TYPE,
    /** A value that is unknown to the open enum. */
    VALUE,
    /** A value of another type than described, whose accessor throws. */
    UNEXPECTED_TYPE,
    /**
     * A string that is not a date, or a number with a fraction instead of an integer, whose
     * accessor also throws.
     */
    UNEXPECTED_FORMAT
  }

  /**
   * An unknown part of a model.
   *
   * @param text its path and description
   * @param owner the name of the schema in which it is unknown
   * @param subject the name, type or value
   */
  public record UnknownPart(Kind kind, String text, String owner, String subject) {
    @Override
    public String toString() {
      return text;
    }
  }

  /**
   * Returns all unknown parts of a model.
   *
   * @param open the names of models in which unknown properties are expected
   */
  public static List<UnknownPart> in(JsonModel model, Set<String> open) {
    UnknownParts unknownParts = new UnknownParts(open);
    unknownParts.visit("$", model);
    return unknownParts.found;
  }

  private void visit(String path, @Nullable Object slot) {
    if (slot instanceof JsonModel model) {
      visitModel(path, model);
    } else if (slot instanceof JsonList<?> list) {
      for (int i = 0; i < list.slots().length; i++) {
        visit(path + "[" + i + "]", list.slots()[i]);
      }
    } else if (slot instanceof JsonMap<?> map) {
      map.slots().forEach((key, value) -> visit(path + "." + key, value));
    } else if (slot instanceof UnknownResource resource) {
      String type = resource.type();
      String text = path + ": unknown type of resource \"" + type + '"';
      found.add(new UnknownPart(Kind.TYPE, text, "Resource", type));
    } else if (slot instanceof OpenValue value && !value.isKnown()) {
      String set = value.getClass().getSimpleName();
      String text = path + ": unknown value \"" + value.value() + "\" of " + set;
      found.add(new UnknownPart(Kind.VALUE, text, set, value.value()));
    } else if (slot instanceof UnexpectedValue unexpected) {
      String kind = unexpected.raw().kind().description();
      String text = path + ": " + kind + " instead of " + unexpected.described();
      boolean form = FORMS.contains(kind + ":" + unexpected.described());
      found.add(
          new UnknownPart(
              form ? Kind.UNEXPECTED_FORMAT : Kind.UNEXPECTED_TYPE,
              text,
              unexpected.described(),
              kind));
    }
  }

  private void visitModel(String path, JsonModel model) {
    List<String> names = model.modelType().properties();
    @Nullable Object[] values = model.slots().values;
    for (int i = 0; i < values.length; i++) {
      visit(path + "." + names.get(i), values[i]);
    }
    String type = model.modelType().name();
    if (!open.contains(type)) {
      for (Map.Entry<String, JsonValue> unknown : model.additionalProperties().entrySet()) {
        String name = unknown.getKey();
        if (names.contains(Spelling.other(name))) {
          continue; // the accessor reads it
        }
        String kind = unknown.getValue().kind().description();
        String text = path + "." + name + ": unknown property of " + type + ", " + kind;
        found.add(new UnknownPart(Kind.PROPERTY, text, type, name));
      }
    }
  }
}
