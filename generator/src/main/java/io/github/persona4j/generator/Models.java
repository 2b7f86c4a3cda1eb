package io.github.persona4j.generator;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.openapitools.codegen.CodegenModel;
import org.openapitools.codegen.CodegenProperty;
import org.openapitools.codegen.model.ModelMap;

/** The models of the description by the names of their Java types. */
final class Models {
  private final Map<String, CodegenModel> models = new HashMap<>();

  Models(List<ModelMap> all) {
    all.forEach(model -> models.put(model.getModel().classname, model.getModel()));
  }

  @Nullable CodegenModel find(String type) {
    return models.get(type);
  }

  /**
   * Returns the model if it is a class with a builder, not a union, an open value or shared by
   * others.
   */
  @Nullable CodegenModel findClass(String type) {
    CodegenModel model = models.get(type);
    boolean hasBuilder =
        model != null
            && model.oneOf.isEmpty()
            && model.anyOf.isEmpty()
            && !model.vendorExtensions.containsKey("x-known-values")
            && !model.vendorExtensions.containsKey("x-interface");
    return hasBuilder ? model : null;
  }

  /** Returns the properties that callers set: all but constants, which the builder sets. */
  static List<CodegenProperty> settable(CodegenModel model) {
    return model.vars.stream().filter(property -> !property.isEnum).toList();
  }

  /** Returns a property that callers set by its name in JSON. */
  static @Nullable CodegenProperty settable(CodegenModel model, String name) {
    return settable(model).stream()
        .filter(property -> property.baseName.equals(name))
        .findFirst()
        .orElse(null);
  }

  /** Marks the properties of a model that a function may build, with {@code hasBuilder}. */
  void markNested(CodegenModel model) {
    for (CodegenProperty property : model.vars) {
      if (!property.isArray && findClass(property.dataType) != null) {
        property.vendorExtensions.put("hasBuilder", true);
      }
    }
  }
}
