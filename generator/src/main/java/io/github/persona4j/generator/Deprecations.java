package io.github.persona4j.generator;

import org.openapitools.codegen.CodegenModel;
import org.openapitools.codegen.CodegenProperty;

/** Prepares the Javadoc of deprecated properties, which names what to use instead. */
final class Deprecations {
  private static final String INSTEAD = "x-deprecated-instead";

  private Deprecations() {}

  /**
   * Converts the text of each deprecated property to Javadoc.
   *
   * @throws IllegalArgumentException if the description does not name what to use instead
   */
  static void prepare(CodegenModel model) {
    for (CodegenProperty property : model.vars) {
      if (property.deprecated) {
        if (!(property.vendorExtensions.get(INSTEAD) instanceof String text)) {
          throw new IllegalArgumentException(
              model.classname
                  + ": '"
                  + property.baseName
                  + "' is deprecated, but "
                  + INSTEAD
                  + " does not name what to use");
        }
        property.vendorExtensions.put(INSTEAD, OperationText.prose(text));
      }
    }
  }
}
