package io.github.persona4j.generator;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openapitools.codegen.CodegenModel;
import org.openapitools.codegen.CodegenOperation;

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
  static @Nullable Paging of(CodegenOperation operation, Models models) {
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

  private static String item(CodegenOperation operation, Models models) {
    CodegenModel page = models.find(operation.returnType);
    Object item = page == null ? null : page.vendorExtensions.get("x-page-of");
    if (item == null) {
      throw new IllegalArgumentException(
          operation.operationId + " has pages, but " + operation.returnType + " has no x-page-of");
    }
    return item.toString();
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

  /**
   * Returns forms that make a {@code PagedCall}, from those that make a call of Retrofit.
   *
   * @param forms the last one has all parameters
   */
  List<Form> forms(List<Form> forms) {
    return forms.stream().map(form -> form.isFull() ? form.withCall(call(form)) : form).toList();
  }

  /** Returns the type of the calls of these forms. */
  String callType(List<Form> forms) {
    return "PagedCall<" + queryType(forms.get(forms.size() - 1)) + ", " + item + ">";
  }

  /** Returns the type of the argument with the cursor. */
  private String queryType(Form full) {
    return full.parameters().stream()
        .filter(parameter -> parameter.name().equals(argument))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException(operation + " has pages, but no " + argument))
        .type();
  }

  /** Returns the expression for a call that can be made with another cursor. */
  private String call(Form full) {
    String arguments =
        Stream.concat(full.parameters().stream().map(Parameter::name), Stream.of("options"))
            .map(name -> name.equals(argument) ? "paged" : name)
            .collect(Collectors.joining(", "));
    return "new PagedCall<>(paged -> api." + operation + "(" + arguments + "), " + argument + ")";
  }
}
