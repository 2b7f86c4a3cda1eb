package io.github.persona4j.generator;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Lists the forms of an operation, the shortest first. Every form but the last makes the call of a
 * longer one.
 *
 * <p>No operation has two forms with functions at the same position, so that a call with a lambda
 * expression is never ambiguous: a function fills a part of the body if there is a body, and
 * otherwise the query.
 */
final class OperationForms {
  private final String operation;
  private final List<Parameter> required;
  private final List<Form> forms = new ArrayList<>();

  private OperationForms(String operation, List<Parameter> required) {
    this.operation = operation;
    this.required = required;
  }

  /**
   * The body or form that an operation sends.
   *
   * @param parameter the parameter for all of it
   * @param shorter what callers may give instead, the shortest first
   */
  record Body(Parameter parameter, List<ShorterBody> shorter) {}

  /**
   * Arguments from which a body is built.
   *
   * @param suffix what follows the name of the operation; empty unless the body is one of several
   *     kinds
   * @param body the expression for the body
   */
  record ShorterBody(String suffix, List<Parameter> parameters, String body, String about) {}

  /**
   * The optional parameters in the URL.
   *
   * @param none the expression for no parameters
   * @param hasBuilder whether functions may fill it
   */
  record Query(String type, String none, boolean hasBuilder) {
    Parameter parameter() {
      return Parameter.required(type, "query", "the query parameters");
    }
  }

  static List<Form> of(
      String operation, List<Parameter> required, @Nullable Body body, @Nullable Query query) {
    OperationForms forms = new OperationForms(operation, required);
    if (body == null) {
      forms.addWithoutBody(query);
    } else {
      forms.addWithBody(body, query);
    }
    return forms.forms;
  }

  private void addWithoutBody(@Nullable Query query) {
    if (query == null) {
      addFull(List.of());
      return;
    }
    add("", List.of(), call(query.none()), "without query parameters");
    if (query.hasBuilder()) {
      add(
          "",
          List.of(Parameter.lambda(query.type(), "query", "sets the query parameters")),
          call(Parameter.filled(query.type(), "query")),
          "with the query parameters that a function sets");
    }
    addFull(List.of(query.parameter()));
  }

  private void addWithBody(Body body, @Nullable Query query) {
    for (ShorterBody shorter : body.shorter()) {
      add(shorter.suffix(), shorter.parameters(), call(shorter.body()), shorter.about());
    }
    if (query == null) {
      addFull(List.of(body.parameter()));
      return;
    }
    add(
        "",
        List.of(body.parameter()),
        call(body.parameter().name(), query.none()),
        "without query parameters");
    addFull(List.of(body.parameter(), query.parameter()));
  }

  private void addFull(List<Parameter> own) {
    List<Parameter> all = Stream.concat(required.stream(), own.stream()).toList();
    forms.add(
        new Form(operation, all, "api." + operation + "(" + Form.names(all, "options") + ")", ""));
  }

  private void add(String suffix, List<Parameter> own, String call, String about) {
    List<Parameter> all = Stream.concat(required.stream(), own.stream()).toList();
    forms.add(new Form(operation + suffix, all, call, about));
  }

  /** Returns the call of a longer form. */
  private String call(String... own) {
    return Stream.of(required.stream().map(Parameter::name), Stream.of(own), Stream.of("options"))
        .flatMap(names -> names)
        .collect(Collectors.joining(", ", operation + "(", ")"));
  }
}
