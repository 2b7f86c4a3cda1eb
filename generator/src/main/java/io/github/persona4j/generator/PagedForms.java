package io.github.persona4j.generator;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The forms of a list or of a search as the templates print them: each for one page and for all
 * pages.
 */
final class PagedForms {
  private final String api;
  private final Paging paging;
  private final OperationText text;
  private final List<Form> forms;

  /**
   * Prints forms.
   *
   * @param api the name of the class with the blocking methods
   * @param forms the forms that make a {@code PagedCall}
   */
  PagedForms(String api, Paging paging, OperationText text, List<Form> forms) {
    this.api = api;
    this.paging = paging;
    this.text = text;
    this.forms =
        forms.stream()
            .map(form -> form.isFull() ? form.withCall(paging.call(form)) : form)
            .toList();
  }

  /** Returns the methods that make the calls; all have the options. */
  List<Map<String, Object>> calls() {
    String type = "PagedCall<" + paging.queryType(full()) + ", " + paging.item() + ">";
    return forms.stream().map(form -> PrintedForms.call(form, type)).toList();
  }

  /** Returns the published methods: each form without options and with them. */
  List<Map<String, Object>> methods(Style style) {
    List<Map<String, Object>> methods = new ArrayList<>();
    for (boolean all : new boolean[] {false, true}) {
      for (Form form : forms) {
        methods.add(method(form, style, all, form.parameters(), "RequestOptions.none()"));
        methods.add(method(form, style, all, form.withOptions()));
      }
    }
    return methods;
  }

  private Map<String, Object> method(
      Form form, Style style, boolean all, List<Parameter> parameters, String... others) {
    String body =
        "runner."
            + style.pageRunner(all)
            + "(calls."
            + form.method()
            + "("
            + Form.names(parameters, others)
            + "))";
    return Map.of(
        "text",
        text(form, style, all, parameters).lines().toList(),
        "type",
        style.pageType(all).formatted(paging.item()),
        "method",
        name(all),
        "parameters",
        Form.signature(parameters),
        "body",
        body);
  }

  private String text(Form form, Style style, boolean all, List<Parameter> parameters) {
    if (style != Style.BLOCKING) {
      return "Like {@link "
          + api
          + "#"
          + Form.link(name(all), parameters)
          + "}, "
          + style.difference()
          + ".";
    }
    boolean hasOptions = parameters.size() > form.parameters().size();
    if (form.isFull() && hasOptions) {
      return all ? text.ofAllPages(parameters) : text.ofFull(parameters);
    }
    String about = form.isFull() ? "without options" : form.about();
    return text.ofShort(
        all ? "all pages, " + about : about, "#" + Form.link(name(all), full().withOptions()));
  }

  private String name(boolean all) {
    return all ? paging.all() : paging.operation();
  }

  private Form full() {
    return forms.get(forms.size() - 1);
  }
}
