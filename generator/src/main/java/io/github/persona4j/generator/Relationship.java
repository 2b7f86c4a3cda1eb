package io.github.persona4j.generator;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.openapitools.codegen.CodegenModel;
import org.openapitools.codegen.CodegenProperty;

/**
 * A relationship of a resource.
 *
 * @param name its name in JSON
 * @param constant its name in upper case
 * @param target the model that it leads to: the resource, or the union of the resources
 * @param description for the Javadoc
 */
record Relationship(String name, String constant, String target, String description) {
  private static final String RELATIONSHIPS = "Relationships";

  /**
   * Returns the resource whose relationships a model has, such as {@code Inquiry} for {@code
   * InquiryRelationships}; empty if the model has none.
   */
  static String owner(CodegenModel model) {
    String name = model.classname;
    return name.endsWith(RELATIONSHIPS)
        ? name.substring(0, name.length() - RELATIONSHIPS.length())
        : "";
  }

  /**
   * Returns the relationships of a model such as {@code InquiryRelationships}.
   *
   * @param models all models
   */
  static List<Relationship> of(CodegenModel model, Models models, Resources resources) {
    return model.vars.stream().map(property -> of(property, models, resources)).toList();
  }

  /** As a template takes it. */
  Map<String, String> shown() {
    return Map.of("name", name, "constant", constant, "target", target, "description", description);
  }

  private static Relationship of(CodegenProperty property, Models models, Resources resources) {
    CodegenModel type = models.find(property.dataType);
    CodegenProperty data = type == null ? null : Models.property(type, "data");
    if (type == null || data == null) {
      throw new IllegalArgumentException("'" + property.baseName + "' is not a relationship");
    }
    return new Relationship(
        property.baseName,
        property.baseName.replace('-', '_').toUpperCase(Locale.ROOT),
        resources.target(data.isArray ? data.items.dataType : data.dataType),
        type.description);
  }
}
