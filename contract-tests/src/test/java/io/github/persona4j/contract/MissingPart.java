package io.github.persona4j.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.persona4j.contract.Arguments.Extent;
import io.github.persona4j.contract.Description.Node;
import io.github.persona4j.contract.Operation.Body;
import io.github.persona4j.contract.Operation.DocumentedResponse;
import io.github.persona4j.contract.Operation.FormField;
import io.github.persona4j.request.FormParameters;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A call without a required part, which fails before anything is sent.
 *
 * @param part the missing part
 * @param call makes the call, or creates its argument
 */
record MissingPart(Operation operation, String part, IncompleteCall call)
    implements ContractCase.OfOperation {

  private static final DocumentedResponse UNUSED =
      new DocumentedResponse(200, null, null, Map.of());

  /** Makes the call without the part. */
  @FunctionalInterface
  interface IncompleteCall {
    void execute(CaseContext context);
  }

  static Stream<MissingPart> all(Contract contract) {
    List<MissingPart> all = new ArrayList<>();
    for (Operation operation : contract.shared()) {
      List<Parameter> parameters = OperationCaller.parameters(operation.id());
      for (int i = 0; i < parameters.size(); i++) {
        Parameter parameter = parameters.get(i);
        if (OperationCaller.isRequired(parameter)) {
          int omitted = i;
          all.add(
              new MissingPart(
                  operation,
                  OperationCaller.nameOf(parameter),
                  context -> context.callWithout(operation, arguments(operation), omitted)));
        }
        if (FormParameters.class.isAssignableFrom(parameter.getType())) {
          addFields(operation, parameter.getType(), all);
        }
      }
      addFields(operation, all);
    }
    return all.stream();
  }

  private static Arguments arguments(Operation operation) {
    return Arguments.of(operation, Extent.MINIMAL, UNUSED, null);
  }

  private static void addFields(Operation operation, Class<?> form, List<MissingPart> all) {
    Map<String, String> fields = arguments(operation).fields();
    for (String omitted : neededFields(operation, fields.keySet())) {
      Map<String, String> others = new LinkedHashMap<>(fields);
      others.remove(omitted);
      all.add(
          new MissingPart(
              operation,
              "field " + omitted,
              context -> {
                FormParameters.Builder<?> builder = Builders.of(form, FormParameters.Builder.class);
                Setters.set(builder, operation, others);
                Builders.build(builder);
              }));
    }
  }

  /** Returns the required fields; in a union of forms, those of the matching member. */
  private static Set<String> neededFields(Operation operation, Set<String> fields) {
    Set<String> needed = new TreeSet<>();
    for (FormField field : operation.form()) {
      if (field.required()) {
        needed.add(field.name());
      }
    }
    Body body = operation.body();
    if (body != null) {
      needed.addAll(Schemas.required(body.schema()));
      for (Node member : body.schema().items("oneOf")) {
        Set<String> ofMember = Schemas.required(member);
        needed.addAll(fields.containsAll(ofMember) ? ofMember : Set.of());
      }
    }
    needed.retainAll(fields);
    return needed;
  }

  private static void addFields(Operation operation, List<MissingPart> all) {
    Body body = operation.body();
    if (body != null && body.isJson() && !body.examples().isEmpty()) {
      for (RequiredField field : RequiredField.in(body)) {
        all.add(new MissingPart(operation, field.path(), context -> field.buildWithout()));
      }
    }
  }

  @Override
  public int status() {
    return 0;
  }

  @Override
  public String variant() {
    return "without " + part;
  }

  @Override
  public void check(CaseContext context) {
    Throwable failure = catchThrowable(() -> call.execute(context));

    assertThat(context.exchange().isUnused()).as("no request was sent").isTrue();
    assertThat(failure)
        .isInstanceOfAny(
            IllegalArgumentException.class,
            IllegalStateException.class,
            NullPointerException.class);
  }

  @Override
  public String toString() {
    return operation.id() + " without " + part;
  }
}
