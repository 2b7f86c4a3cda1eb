package io.github.persona4j.generator;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.persona4j.generator.OperationForms.ShorterBody;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.openapitools.codegen.CodegenOperation;
import org.openapitools.codegen.CodegenParameter;

/**
 * Lists what callers may give instead of a form: its required parts, or those of one of its kinds,
 * as arguments. The description lists the parts in {@code x-form} where their names are not those
 * of the schema, and the kinds in {@code x-form-kinds}.
 */
final class FormArguments {
  private FormArguments() {}

  /** A part of a form. */
  private record Part(String name, String type, boolean isRequired, String description) {
    static Part of(Map<?, ?> part) {
      return new Part(
          String.valueOf(part.get("argument")),
          Boolean.TRUE.equals(part.get("file")) ? "FileUpload" : "String",
          Boolean.TRUE.equals(part.get("required")),
          String.valueOf(part.get("description")));
    }

    static Part of(CodegenParameter part) {
      return new Part(
          part.paramName,
          part.isFile ? "FileUpload" : part.dataType,
          part.required,
          String.valueOf(part.description));
    }

    Parameter parameter(boolean isRequired) {
      return isRequired
          ? Parameter.required(type, name, description)
          : Parameter.optional(type, name, description + " May be null.");
    }
  }

  /**
   * Returns what may be given instead of the form.
   *
   * @param type the type of the form
   */
  static List<ShorterBody> of(CodegenOperation operation, String type) {
    List<Part> parts = parts(operation);
    if (operation.vendorExtensions.get("x-form-kinds") instanceof List<?> kinds) {
      return kinds.stream().map(kind -> kind((Map<?, ?>) kind, type, parts)).toList();
    }
    List<Part> required = parts.stream().filter(Part::isRequired).toList();
    if (required.isEmpty()) {
      return List.of();
    }
    StringBuilder form = new StringBuilder(type).append(".builder()");
    required.forEach(part -> form.append(set(part.name(), part.name())));
    return List.of(
        new ShorterBody(
            "",
            required.stream().map(part -> part.parameter(true)).toList(),
            form.append(".build()").toString(),
            "with the required parts of its form"));
  }

  /** Returns the constant parts of a kind of a form, by their names in the request. */
  static ObjectNode constants(CodegenOperation operation, String suffix) {
    ObjectNode constants = JsonNodeFactory.instance.objectNode();
    if (operation.vendorExtensions.get("x-form-kinds") instanceof List<?> kinds) {
      for (Object each : kinds) {
        Map<?, ?> kind = (Map<?, ?>) each;
        if (suffix.equals(kind.get("name"))) {
          ((Map<?, ?>) of(kind, "constants"))
              .forEach(
                  (name, value) ->
                      constants.put(wireName(operation, name.toString()), value.toString()));
        }
      }
    }
    return constants;
  }

  /** Returns the name in the request of a part, such as {@code data[attributes][file]}. */
  static String wireName(CodegenOperation operation, String argument) {
    if (operation.vendorExtensions.get("x-form") instanceof List<?> parts) {
      for (Object each : parts) {
        Map<?, ?> part = (Map<?, ?>) each;
        if (argument.equals(part.get("argument"))) {
          return String.valueOf(part.get("name"));
        }
      }
    }
    return operation.formParams.stream()
        .filter(part -> part.paramName.equals(argument))
        .map(part -> part.baseName)
        .findFirst()
        .orElse(argument);
  }

  private static List<Part> parts(CodegenOperation operation) {
    if (operation.vendorExtensions.get("x-form") instanceof List<?> parts) {
      return parts.stream().map(part -> Part.of((Map<?, ?>) part)).toList();
    }
    return operation.formParams.stream().map(Part::of).toList();
  }

  private static ShorterBody kind(Map<?, ?> kind, String type, List<Part> parts) {
    StringBuilder form = new StringBuilder(type).append(".builder()");
    ((Map<?, ?>) of(kind, "constants"))
        .forEach((name, value) -> form.append(set(String.valueOf(name), "\"" + value + "\"")));
    List<Parameter> parameters = new ArrayList<>();
    for (Part part : parts) {
      boolean isRequired = ((List<?>) of(kind, "required")).contains(part.name());
      if (isRequired || ((List<?>) of(kind, "optional")).contains(part.name())) {
        parameters.add(part.parameter(isRequired));
        form.append(set(part.name(), part.name()));
      }
    }
    return new ShorterBody(
        String.valueOf(kind.get("name")),
        parameters,
        form.append(".build()").toString(),
        String.valueOf(kind.get("about")));
  }

  private static Object of(Map<?, ?> kind, String key) {
    return Objects.requireNonNull(kind.get(key), key);
  }

  private static String set(String setter, String value) {
    return "." + setter + "(" + value + ")";
  }
}
