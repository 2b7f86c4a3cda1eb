package io.github.persona4j.generator;

import java.util.List;
import org.openapitools.codegen.CodegenOperation;

/** What the published methods of forms return, with their names and their Javadoc. */
sealed interface FormResult {
  /** Returns the name of the method of a form. */
  String method(Form form);

  /** Returns the type that the methods return. */
  String type(Style style);

  /** Returns the method of the runner that makes the call. */
  String runner(Style style);

  /**
   * Returns the Javadoc of the form with all parameters.
   *
   * @param example Javadoc with a call; may be empty
   */
  String text(List<Parameter> parameters, String example);

  /** Returns how a shorter form differs from that with all parameters. */
  String about(String about);

  /** The response of an operation. */
  record Response(CodegenOperation operation, OperationText text) implements FormResult {
    @Override
    public String method(Form form) {
      return form.method();
    }

    @Override
    public String type(Style style) {
      return style.returnType(operation);
    }

    @Override
    public String runner(Style style) {
      return style.runner(operation);
    }

    @Override
    public String text(List<Parameter> parameters, String example) {
      return text.ofFull(parameters, example);
    }

    @Override
    public String about(String about) {
      return about;
    }
  }

  /**
   * Pages of a list or of a search.
   *
   * @param all whether these are all pages, not one
   */
  record Pages(Paging paging, boolean all, OperationText text) implements FormResult {
    @Override
    public String method(Form form) {
      return all ? paging.all() : paging.operation();
    }

    @Override
    public String type(Style style) {
      return style.pageType(all).formatted(paging.item());
    }

    @Override
    public String runner(Style style) {
      return style.pageRunner(all);
    }

    @Override
    public String text(List<Parameter> parameters, String example) {
      return all ? text.ofAllPages(parameters, example) : text.ofFull(parameters, example);
    }

    @Override
    public String about(String about) {
      return all ? "all pages, " + about : about;
    }
  }
}
