package io.github.persona4j.generator;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.openapitools.codegen.CodegenModel;
import org.openapitools.codegen.CodegenProperty;

/**
 * The data from which the runtime creates the type of a model: one line per property, in the vendor
 * extension {@code line} of the property, and the factory method of {@code ModelType}, in the
 * vendor extension {@code typeFactory} of the model. {@code ModelType.of} describes the lines.
 */
final class TypeData {
  private static final Pattern PLAIN = Pattern.compile("[\\w./:-]+");

  private TypeData() {}

  /**
   * Adds the data to a model.
   *
   * @throws IllegalArgumentException if a name or a constant contains other characters than
   *     letters, digits and some separators
   */
  static void addTo(CodegenModel model) {
    model.vendorExtensions.put("typeFactory", factory(model.vendorExtensions));
    for (CodegenProperty property : model.vars) {
      property.vendorExtensions.put("line", line(model, property));
    }
  }

  private static String factory(Map<String, Object> extensions) {
    if (extensions.containsKey("x-fields") || extensions.containsKey("x-own-names")) {
      return "ofOwnNames";
    }
    return extensions.containsKey("x-envelope") ? "ofEnvelope" : "of";
  }

  private static String line(CodegenModel model, CodegenProperty property) {
    StringBuilder line = new StringBuilder(plain(model, property.baseName)).append(' ');
    if (property.isEnum) {
      line.append('"').append(plain(model, constant(model, property))).append('"');
    } else {
      line.append(type(property));
    }
    if (property.required) {
      line.append(property.isNullable ? " required nullable" : " required");
    }
    if (isSafeToLog(model, property)) {
      line.append(" loggable");
    }
    return line.toString();
  }

  private static boolean isSafeToLog(CodegenModel model, CodegenProperty property) {
    Object safe = property.vendorExtensions.get("x-safe-to-log");
    if (safe != null && !(safe instanceof Boolean)) {
      throw new IllegalArgumentException(
          model.classname + ": x-safe-to-log of '" + property.baseName + "' is not true or false");
    }
    return Boolean.TRUE.equals(safe);
  }

  private static String constant(CodegenModel model, CodegenProperty property) {
    // A union has the types of all its members.
    if (values(property).size() > 1 && model.oneOf.isEmpty()) {
      throw new IllegalArgumentException(
          model.classname
              + ": the enum of '"
              + property.baseName
              + "' has several values; list them under x-known-values");
    }
    return constant(property);
  }

  /** Returns the value of a property that has only one. */
  static String constant(CodegenProperty property) {
    return values(property).get(0).toString();
  }

  private static List<?> values(CodegenProperty property) {
    return (List<?>) Objects.requireNonNull(property.allowableValues.get("values"));
  }

  private static String plain(CodegenModel model, String name) {
    if (!PLAIN.matcher(name).matches()) {
      throw new IllegalArgumentException(
          model.classname + ": '" + name + "' has other characters than " + PLAIN);
    }
    return name;
  }

  private static String type(CodegenProperty property) {
    if (property.vendorExtensions.containsKey("x-generate-alias-as-model")) {
      return property.dataType;
    } else if (property.isArray) {
      return "[" + type(property.items) + "]";
    } else if (property.isMap) {
      return "{" + type(property.items) + "}";
    } else if (property.isModel) {
      return property.dataType;
    } else if (property.isDateTime) {
      return "date-time";
    } else if (property.isDate) {
      return "date";
    } else if (property.isBoolean) {
      return "boolean";
    } else if (property.isInteger || property.isLong) {
      return "integer";
    } else if (property.isNumber) {
      return "number";
    } else if (property.isString || property.isBinary || property.isByteArray) {
      return "string";
    } else if (property.isFreeFormObject || property.isAnyType) {
      return "any";
    }
    if (property.dataType.equals(property.complexType)) {
      return property.dataType; // a schema that another class replaces
    }
    throw new IllegalArgumentException(
        "'" + property.baseName + "' has the type " + property.dataType);
  }
}
