package io.github.persona4j.generator;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.openapitools.codegen.CodegenModel;
import org.openapitools.codegen.CodegenProperty;

/**
 * Finds the smallest valid value of a model: its required properties, each with their smallest
 * values. A model that requires a value of the caller, such as a string, has none.
 */
final class SmallestBody {
  private final Models models;

  SmallestBody(Models models) {
    this.models = models;
  }

  /** Returns a Java expression for the smallest valid value of a model; empty if there is none. */
  Optional<String> of(String model) {
    return Optional.ofNullable(model(model, new HashSet<>()));
  }

  private @Nullable String model(String name, Set<String> around) {
    CodegenModel model = models.findClass(name);
    if (model == null || !around.add(name)) {
      return null;
    }
    StringBuilder expression = new StringBuilder(name).append(".builder()");
    for (CodegenProperty property : model.requiredVars) {
      if (property.isEnum) {
        continue; // a constant, which the builder sets
      }
      String value = value(property, around);
      if (value == null) {
        return null;
      }
      expression.append('.').append(property.name).append('(').append(value).append(')');
    }
    around.remove(name);
    return expression.append(".build()").toString();
  }

  private @Nullable String value(CodegenProperty property, Set<String> around) {
    if (property.isArray) {
      Integer least = property.getMinItems();
      return least == null || least == 0 ? "List.of()" : null;
    }
    if (property.isMap) {
      return "Map.of()";
    }
    if (property.isFreeFormObject) {
      return "JsonValue.of(Map.of())";
    }
    return property.isModel ? model(property.dataType, around) : null;
  }
}
