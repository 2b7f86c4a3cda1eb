package io.github.persona4j.generator;

import java.util.Set;
import java.util.TreeSet;
import org.openapitools.codegen.CodegenModel;
import org.openapitools.codegen.CodegenProperty;

/**
 * Names the methods of a builder that set a property to null, such as {@code clearNote()}, in the
 * vendor extension {@code clearMethod} of each property that may be null.
 */
final class ClearMethods {
  private ClearMethods() {}

  /**
   * Adds the names to the properties of a model.
   *
   * @throws IllegalArgumentException if a property has the name of one of these methods
   */
  static void addTo(CodegenModel model) {
    Set<String> properties = new TreeSet<>();
    for (CodegenProperty property : model.vars) {
      properties.add(property.name);
    }
    for (CodegenProperty property : model.vars) {
      if (property.isNullable && !property.isEnum) {
        String method = "clear" + Names.capitalized(property.name);
        if (properties.contains(method)) {
          throw new IllegalArgumentException(
              model.classname
                  + ": the property "
                  + method
                  + " has the name of the method that sets "
                  + property.baseName
                  + " to null");
        }
        property.vendorExtensions.put("clearMethod", method);
      }
    }
  }
}
