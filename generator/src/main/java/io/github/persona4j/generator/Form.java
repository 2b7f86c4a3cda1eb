package io.github.persona4j.generator;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One way to call an operation. Each is published twice, with and without {@code RequestOptions} as
 * the last parameter.
 *
 * @param method the name of the method
 * @param parameters all parameters but the options
 * @param call the expression for the call of Retrofit, which may use {@code options}
 * @param about how it differs from the form with all parameters; empty for that one
 */
record Form(String method, List<Parameter> parameters, String call, String about) {
  boolean isFull() {
    return about.isEmpty();
  }

  Form withCall(String other) {
    return new Form(method, parameters, other, about);
  }

  List<Parameter> withOptions() {
    List<Parameter> all = new ArrayList<>(parameters);
    all.add(Parameter.OPTIONS);
    return all;
  }

  /** Returns how links in Javadoc name a method with these parameters. */
  static String link(String method, List<Parameter> parameters) {
    return parameters.stream()
        .map(Parameter::linkType)
        .collect(Collectors.joining(", ", method + "(", ")"));
  }

  static String signature(List<Parameter> parameters) {
    return parameters.stream()
        .map(parameter -> parameter.type() + " " + parameter.name())
        .collect(Collectors.joining(", "));
  }

  /** Returns the names of parameters and then others, separated by commas. */
  static String names(List<Parameter> parameters, String... others) {
    return Stream.concat(parameters.stream().map(Parameter::name), Stream.of(others))
        .collect(Collectors.joining(", "));
  }
}
