package io.github.persona4j.generator;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.openapitools.codegen.CodegenModel;
import org.openapitools.codegen.CodegenOperation;
import org.openapitools.codegen.CodegenParameter;
import org.openapitools.codegen.CodegenProperty;

/**
 * Which parts of an operation a caller must give.
 *
 * @param required the names of the required arguments, and of what must be set in the body
 * @param ofBody those of them that are in the body
 * @param optional the names of the query parameters, and of what may be set in the body
 * @param hasBody whether there is a JSON body whose parts callers set
 * @param needsBody whether the body must be given
 */
record OperationParts(
    List<String> required,
    List<String> ofBody,
    List<String> optional,
    boolean hasBody,
    boolean needsBody) {
  /** A list that is longer than that helps nobody in a sentence. */
  private static final int MOST_NAMES = 8;

  static OperationParts of(CodegenOperation operation, List<Argument> arguments, Models models) {
    List<String> required = new ArrayList<>(arguments.stream().map(Argument::name).toList());
    List<String> optional =
        new ArrayList<>(operation.queryParams.stream().map(each -> each.baseName).toList());
    CodegenParameter body = operation.bodyParam;
    List<String> ofBody = List.of();
    boolean hasBody = false;
    if (body != null) {
      BodyShape shape = BodyShape.of(body.dataType, models);
      hasBody = shape.part().isPresent();
      List<CodegenProperty> settable =
          shape.part().map(part -> Models.settable(part.model())).orElse(List.of());
      ofBody = names(settable, true);
      required.addAll(ofBody);
      optional.addAll(names(settable, false));
      shape.meta().map(BodyShape.Part::model).ifPresent(meta -> optional.addAll(ofMeta(meta)));
      if (ofBody.isEmpty() && body.required) {
        required.add("body");
      }
    } else {
      for (CodegenParameter part : operation.formParams) {
        (part.required ? required : optional).add(part.paramName);
      }
    }
    return new OperationParts(required, ofBody, optional, hasBody, body != null && body.required);
  }

  private static List<String> ofMeta(CodegenModel meta) {
    return Models.settable(meta).stream().map(property -> "meta." + property.name).toList();
  }

  private static List<String> names(List<CodegenProperty> properties, boolean isRequired) {
    return properties.stream()
        .filter(property -> property.required == isRequired)
        .map(property -> property.name)
        .toList();
  }

  /** Returns one or two sentences about the body and the query; empty if there are none. */
  String text(CodegenOperation operation) {
    List<String> sentences = new ArrayList<>();
    if (operation.bodyParam != null && !needsBody) {
      sentences.add("The body may be left out.");
    } else if (hasBody && ofBody.isEmpty()) {
      sentences.add("No part of the body is required alone.");
    }
    if (!ofBody.isEmpty()) {
      sentences.add("Required in the body: " + names(ofBody) + ".");
    }
    List<String> query = operation.queryParams.stream().map(each -> each.baseName).toList();
    if (!query.isEmpty()) {
      sentences.add("Optional in the query: " + names(query) + ".");
    }
    return String.join(" ", sentences);
  }

  private static String names(List<String> names) {
    Stream<String> shown = names.stream().limit(MOST_NAMES).map(name -> "{@code " + name + "}");
    return String.join(", ", shown.toList())
        + (names.size() > MOST_NAMES ? " and " + (names.size() - MOST_NAMES) + " more" : "");
  }
}
