package io.github.persona4j.generator;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.openapitools.codegen.CodegenOperation;

/** The forms of an operation as the templates print them. */
final class PrintedForms {
  private final String api;
  private final CodegenOperation operation;
  private final OperationText text;
  private final List<Form> forms;

  /**
   * Prints forms.
   *
   * @param api the name of the class with the blocking methods
   */
  PrintedForms(String api, CodegenOperation operation, OperationText text, List<Form> forms) {
    this.api = api;
    this.operation = operation;
    this.text = text;
    this.forms = forms;
  }

  /** Returns the methods that make the calls of Retrofit; all have the options. */
  List<Map<String, Object>> calls() {
    String type = "Call<" + Style.bodyType(operation) + ">";
    return forms.stream().map(form -> call(form, type)).toList();
  }

  /** Returns a method that makes a call of a type. */
  static Map<String, Object> call(Form form, String type) {
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
  List<Map<String, Object>> methods(Style style) {
    List<Map<String, Object>> methods = new ArrayList<>();
    for (Form form : forms) {
      methods.add(
          method(
              form,
              style,
              form.parameters(),
              body(form, style, Form.names(form.parameters(), "RequestOptions.none()"))));
      methods.add(
          method(
              form, style, form.withOptions(), body(form, style, Form.names(form.withOptions()))));
    }
    return methods;
  }

  /** Returns the expression that makes a call and returns its result. */
  private String body(Form form, Style style, String arguments) {
    return "runner." + style.runner(operation) + "(calls." + form.method() + "(" + arguments + "))";
  }

  private Map<String, Object> method(
      Form form, Style style, List<Parameter> parameters, String body) {
    return Map.of(
        "text",
        text(form, style, parameters).lines().toList(),
        "type",
        style.returnType(operation),
        "method",
        form.method(),
        "parameters",
        Form.signature(parameters),
        "body",
        body);
  }

  private String text(Form form, Style style, List<Parameter> parameters) {
    if (style != Style.BLOCKING) {
      return "Like {@link " + api + "#" + form.link(parameters) + "}, " + style.difference() + ".";
    }
    boolean hasOptions = parameters.size() > form.parameters().size();
    if (form.isFull() && hasOptions) {
      return text.ofFull(parameters);
    }
    Form full = forms.get(forms.size() - 1);
    return text.ofShort(
        form.isFull() ? "without options" : form.about(), "#" + full.link(full.withOptions()));
  }
}
