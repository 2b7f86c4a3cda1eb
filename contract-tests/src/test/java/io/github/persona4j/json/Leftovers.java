package io.github.persona4j.json;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds what a decoded answer holds beside what the client's models describe: unknown properties,
 * unknown types of resources, and values of other types than described.
 *
 * <p>In this package, because it looks into models at all depths the way they write themselves.
 */
public final class Leftovers {
  private final Set<String> open;
  private final List<String> found = new ArrayList<>();

  private Leftovers(Set<String> open) {
    this.open = open;
  }

  /**
   * One line for each thing that a model holds beside its description.
   *
   * @param open the names of models in which unknown properties are meant to be
   */
  public static List<String> in(JsonModel model, Set<String> open) {
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
      found.add(path + ": unknown type of resource \"" + resource.type() + '"');
    } else if (slot instanceof Unexpected unexpected) {
      found.add(
          path + ": " + unexpected.raw().kind().words() + " in place of " + unexpected.described());
    }
  }

  private void visitModel(String path, JsonModel model) {
    List<String> names = model.modelType().properties();
    @Nullable Object[] values = model.slots().values;
    for (int i = 0; i < values.length; i++) {
      visit(path + "." + names.get(i), values[i]);
    }
    if (!open.contains(model.modelType().name())) {
      for (Map.Entry<String, JsonValue> unknown : model.additionalProperties().entrySet()) {
        found.add(
            path
                + "."
                + unknown.getKey()
                + ": unknown property of "
                + model.modelType().name()
                + ", "
                + unknown.getValue().kind().words());
      }
    }
  }
}
