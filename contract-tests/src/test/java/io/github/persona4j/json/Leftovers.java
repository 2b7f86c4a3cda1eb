package io.github.persona4j.json;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds what a decoded answer holds beside what the client's models describe, at all depths.
 *
 * <p>In this package, because it looks into models the way they write themselves.
 */
public final class Leftovers {
  private static final Set<String> FORMS =
      Set.of("a text:date", "a text:date-time", "a number:integer");

  private final Set<String> open;
  private final List<Leftover> found = new ArrayList<>();

  private Leftovers(Set<String> open) {
    this.open = open;
  }

  /** What a leftover is. */
  public enum Kind {
    /** A property that the model does not know. */
    PROPERTY,
    /** A resource of a type that the union does not know. */
    TYPE,
    /** A text that the open set does not know. */
    VALUE,
    /** A value of another type than described: its accessor throws. */
    MISFIT,
    /**
     * A text that is no date, or a number with a fraction where none is described: a misfit too.
     */
    FORM
  }

  /**
   * One thing that a model holds beside its description.
   *
   * @param text where it is and what, in words
   * @param owner the name of the schema that does not know it
   * @param subject the name, type or text itself
   */
  public record Leftover(Kind kind, String text, String owner, String subject) {
    @Override
    public String toString() {
      return text;
    }
  }

  /**
   * Everything that a model holds beside its description.
   *
   * @param open the names of models in which unknown properties are meant to be
   */
  public static List<Leftover> in(JsonModel model, Set<String> open) {
    Leftovers leftovers = new Leftovers(open);
    leftovers.visit("$", model);
    return leftovers.found;
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
      found.add(new Leftover(Kind.TYPE, text, "Resource", type));
    } else if (slot instanceof OpenValue value && !value.isKnown()) {
      String set = value.getClass().getSimpleName();
      String text = path + ": unknown value \"" + value.value() + "\" of " + set;
      found.add(new Leftover(Kind.VALUE, text, set, value.value()));
    } else if (slot instanceof Unexpected unexpected) {
      String kind = unexpected.raw().kind().words();
      String text = path + ": " + kind + " in place of " + unexpected.described();
      boolean form = FORMS.contains(kind + ":" + unexpected.described());
      found.add(new Leftover(form ? Kind.FORM : Kind.MISFIT, text, unexpected.described(), kind));
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
        String kind = unknown.getValue().kind().words();
        String text = path + "." + name + ": unknown property of " + type + ", " + kind;
        found.add(new Leftover(Kind.PROPERTY, text, type, name));
      }
    }
  }
}
