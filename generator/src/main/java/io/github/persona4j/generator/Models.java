package io.github.persona4j.generator;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.openapitools.codegen.CodegenDiscriminator.MappedModel;
import org.openapitools.codegen.CodegenModel;
import org.openapitools.codegen.CodegenProperty;

/** The models of the description by the names of their Java types. */
final class Models {
  private final Map<String, CodegenModel> models = new TreeMap<>();

  Models(Collection<CodegenModel> all) {
    all.forEach(model -> models.put(model.classname, model));
  }

  /** Returns all models, sorted by name. */
  Collection<CodegenModel> all() {
    return models.values();
  }

  @Nullable CodegenModel find(@Nullable String type) {
    return type == null ? null : models.get(type);
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
    CodegenProperty property = property(model, name);
    return property == null || property.isEnum ? null : property;
  }

  /** Returns a property by its name in JSON. */
  static @Nullable CodegenProperty property(CodegenModel model, String name) {
    return model.vars.stream()
        .filter(property -> property.baseName.equals(name))
        .findFirst()
        .orElse(null);
  }

  /** Returns the member of a union that an object is; null if it is none of them. */
  @Nullable CodegenModel member(CodegenModel union, JsonNode json) {
    if (union.vendorExtensions.get("x-distinct-property") instanceof List<?> members) {
      for (Object member : members) {
        Map<?, ?> row = (Map<?, ?>) member;
        if (json.has(String.valueOf(row.get("property")))) {
          return find(String.valueOf(row.get("model")));
        }
      }
      return null;
    }
    if (union.discriminator == null) {
      return null;
    }
    String type = json.path(union.discriminator.getPropertyBaseName()).asText();
    return union.discriminator.getMappedModels().stream()
        .filter(mapped -> mapped.getMappingName().equals(type))
        .findFirst()
        .map(MappedModel::getModelName)
        .map(this::find)
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
