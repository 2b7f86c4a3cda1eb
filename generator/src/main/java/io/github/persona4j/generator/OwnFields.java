package io.github.persona4j.generator;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.openapitools.codegen.CodegenModel;
import org.openapitools.codegen.CodegenProperty;
import org.openapitools.codegen.model.ModelMap;
import org.openapitools.codegen.model.ModelsMap;

/**
 * Properties with fields that an organization defines ({@code x-fields}), which are empty where
 * they are absent, and lists of anything that are read as strings ({@code x-string}).
 */
final class OwnFields {
  private OwnFields() {}

  /** Adds {@code emptyIfAbsent} to properties with fields, and the types of items. */
  static void prepare(Collection<ModelsMap> files) {
    List<CodegenModel> models =
        files.stream().flatMap(file -> file.getModels().stream()).map(ModelMap::getModel).toList();
    Set<String> withFields =
        models.stream()
            .filter(model -> model.vendorExtensions.containsKey("x-fields"))
            .map(model -> model.classname)
            .collect(Collectors.toSet());
    for (CodegenModel model : models) {
      for (CodegenProperty property : model.vars) {
        if (withFields.contains(property.dataType)) {
          property.vendorExtensions.put("emptyIfAbsent", true);
        }
        readItemsAsStrings(property.items);
      }
    }
  }

  private static void readItemsAsStrings(@Nullable CodegenProperty items) {
    if (items != null && items.vendorExtensions.containsKey("x-string")) {
      items.isAnyType = false;
      items.isFreeFormObject = false;
      items.isString = true;
    }
  }
}
