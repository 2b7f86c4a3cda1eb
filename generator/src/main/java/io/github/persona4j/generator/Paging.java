package io.github.persona4j.generator;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openapitools.codegen.CodegenOperation;
import org.openapitools.codegen.model.ModelMap;

/**
 * How an operation returns pages: a list, whose cursor is in the query, or a search, whose cursor
 * is in the body. A list whose cursor no parameter takes returns the model of its page.
 *
 * @param operation the name of the method for one page
 * @param all the name of the method for all pages
 * @param item the type of the items
 * @param argument the name of the argument with the cursor
 */
record Paging(String operation, String all, String item, String argument) {
  /** Returns null if an operation returns no page, or one that knows no other pages. */
  static @Nullable Paging of(CodegenOperation operation, List<ModelMap> models) {
    Object kind = operation.vendorExtensions.get("x-pagination");
    if (kind == null || !List.of("query", "body").contains(kind)) {
      return null;
    }
    return new Paging(
        operation.operationId,
        all(operation.operationId),
        item(operation, models),
        kind.toString());
  }

  private static String item(CodegenOperation operation, List<ModelMap> models) {
    for (ModelMap model : models) {
      if (model.getModel().classname.equals(operation.returnType)) {
        Object item = model.getModel().vendorExtensions.get("x-page-of");
        if (item != null) {
          return item.toString();
        }
      }
    }
    throw new IllegalArgumentException(
        operation.operationId + " has pages, but " + operation.returnType + " has no x-page-of");
  }

  /** Returns {@code listAllVersions} for {@code listVersions}. */
  private static String all(String operation) {
    for (String verb : List.of("list", "search")) {
      if (operation.startsWith(verb)) {
        return verb + "All" + operation.substring(verb.length());
      }
    }
    throw new IllegalArgumentException(
        operation + " has pages, but its name begins with neither list nor search");
  }

  /** Returns the name of the methods that make the calls. */
  String calls() {
    return operation + "Pages";
  }

  /** Returns the type of the argument with the cursor. */
  String queryType(Form full) {
    return full.parameters().stream()
        .filter(parameter -> parameter.name().equals(argument))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException(operation + " has pages, but no " + argument))
        .type();
  }

  /** Returns the expression for a call that can be made with another cursor. */
  String call(Form full) {
    String arguments =
        Stream.concat(full.parameters().stream().map(Parameter::name), Stream.of("options"))
            .map(name -> name.equals(argument) ? "paged" : name)
            .collect(Collectors.joining(", "));
    return "new PagedCall<>(paged -> api." + operation + "(" + arguments + "), " + argument + ")";
  }
}
