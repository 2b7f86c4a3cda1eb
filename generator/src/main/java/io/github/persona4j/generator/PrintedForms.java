package io.github.persona4j.generator;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The forms of an operation as the templates print them. */
final class PrintedForms {
  private final String api;
  private final OperationText text;
  private final List<Form> forms;
  private final OperationExample example;

  /**
   * Prints forms.
   *
   * @param api the name of the class with the blocking methods
   * @param example of a call of one of them
   */
  PrintedForms(String api, OperationText text, List<Form> forms, OperationExample example) {
    this.api = api;
    this.text = text;
    this.forms = forms;
    this.example = example;
  }

  /**
   * Returns the methods that make the calls; all have the options.
   *
   * @param type the type of the calls
   */
  List<Map<String, Object>> calls(String type) {
    return forms.stream().map(form -> call(form, type)).toList();
  }

  private static Map<String, Object> call(Form form, String type) {
    List<Parameter> checked = form.isFull() ? form.withOptions() : form.parameters();
    return Map.of(
        "method",
        form.method(),
        "type",
        type,
        "parameters",
        Form.signature(form.withOptions()),
        "checks",
        checked.stream().map(Parameter::check).filter(check -> !check.isEmpty()).toList(),
        "call",
        form.call());
  }

  /** Returns the published methods: each form without options and with them. */
  List<Map<String, Object>> methods(Style style, FormResult result) {
    List<Map<String, Object>> methods = new ArrayList<>();
    for (Form form : forms) {
      methods.add(method(form, style, result, form.parameters(), "RequestOptions.none()"));
      methods.add(method(form, style, result, form.withOptions()));
    }
    return methods;
  }

  /** Returns the form with all parameters. */
  Form full() {
    return forms.get(forms.size() - 1);
  }

  /** Returns the signatures of the blocking methods without options. */
  List<String> signatures(FormResult result) {
    return forms.stream()
        .map(
            form ->
                result.type(Style.BLOCKING)
                    + " "
                    + result.method(form)
                    + "("
                    + Form.signature(form.parameters())
                    + ")")
        .toList();
  }

  private Map<String, Object> method(
      Form form, Style style, FormResult result, List<Parameter> parameters, String... others) {
    String call = "calls." + form.method() + "(" + Form.names(parameters, others) + ")";
    return Map.of(
        "text",
        text(form, style, result, parameters).lines().toList(),
        "type",
        result.type(style),
        "method",
        result.method(form),
        "parameters",
        Form.signature(parameters),
        "body",
        "runner." + result.runner(style) + "(" + call + ")");
  }

  private String text(Form form, Style style, FormResult result, List<Parameter> parameters) {
    if (style != Style.BLOCKING) {
      String link = Form.link(result.method(form), parameters);
      return "Like {@link " + api + "#" + link + "}, " + style.difference() + ".";
    }
    boolean hasOptions = parameters.size() > form.parameters().size();
    if (form.isFull() && hasOptions) {
      return result.text(parameters, example.javadoc());
    }
    boolean isCalled = !hasOptions && example.calls(result.method(form), form);
    Form full = full();
    return text.ofShort(
        result.about(form.isFull() ? "without options" : form.about()),
        "#" + Form.link(result.method(full), full.withOptions()),
        isCalled ? example.javadoc() : "");
  }
}
