package io.github.persona4j.generator;

import org.jspecify.annotations.Nullable;
import org.openapitools.codegen.CodegenModel;
import org.openapitools.codegen.CodegenProperty;

/** Gives the properties without a text of their own the text of their type. */
final class PropertyTexts {
  private PropertyTexts() {}

  /**
   * Sets the missing texts of the properties of a model: for a constant its value, for another
   * model the first sentence of its text. Other properties stay without a text.
   */
  static void complete(CodegenModel model, Models models) {
    for (CodegenProperty property : model.vars) {
      if (property.description == null || property.description.isBlank()) {
        property.description = text(property, models);
      }
    }
  }

  private static @Nullable String text(CodegenProperty property, Models models) {
    if (property.isEnum) {
      return "Always {@code " + TypeData.constant(property) + "}.";
    }
    CodegenModel type = property.isArray ? null : models.find(property.dataType);
    return type == null || type.description == null ? null : firstSentence(type.description);
  }

  /** Returns the text up to the first period that ends a sentence. */
  static String firstSentence(String text) {
    String stripped = text.strip();
    int end = stripped.indexOf(". ");
    return end < 0 ? stripped : stripped.substring(0, end + 1);
  }
}
