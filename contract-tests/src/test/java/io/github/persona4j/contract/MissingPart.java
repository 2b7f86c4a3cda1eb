package io.github.persona4j.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.persona4j.contract.Arguments.Extent;
import io.github.persona4j.contract.Operation.Answer;
import io.github.persona4j.request.FormParameters;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A call without a part that the operation needs is refused by the client itself. */
@ExtendWith(RunningPrism.class)
class MissingPartTest {
  @ParameterizedTest(name = "{0}")
  @MethodSource("parts")
  void callWithoutARequiredPart_isRefusedBeforeAnythingIsSent(Part part, PrismServer prism) {
    Exchange exchange = Contract.exchange(prism);
    Answer answer = part.operation().answers().get(0);
    Arguments arguments = Arguments.of(part.operation(), Extent.MINIMAL, answer, null);

    assertThatThrownBy(
            () -> Contract.callWithout(prism, exchange, part.id(), arguments, part.index()))
        .isInstanceOfAny(
            IllegalArgumentException.class,
            IllegalStateException.class,
            NullPointerException.class);

    assertThat(exchange.isUnused()).as("%s: nothing was sent", part).isTrue();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("forms")
  void formWithoutItsRequiredFields_isRefusedByItsBuilder(Class<?> form) {
    assertThatThrownBy(() -> Builders.build(Builders.of(form, FormParameters.Builder.class)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageEndingWith(" is required");
  }

  static Stream<Part> parts() {
    List<Part> parts = new ArrayList<>();
    Contract.shared()
        .forEach(
            (id, operation) -> {
              List<Parameter> parameters = OperationCaller.parameters(id);
              for (int i = 0; i < parameters.size(); i++) {
                if (OperationCaller.isRequired(parameters.get(i))) {
                  parts.add(new Part(id, operation, i, parameters.get(i).toString()));
                }
              }
            });
    return parts.stream();
  }

  static Stream<Class<?>> forms() {
    List<Class<?>> forms = new ArrayList<>();
    for (Method method : OperationCaller.all().values()) {
      for (Class<?> type : method.getParameterTypes()) {
        // Two grants in one form: which fields it needs depends on the grant.
        if (FormParameters.class.isAssignableFrom(type)
            && !type.getSimpleName().equals("CreateTokenForm")) {
          forms.add(type);
        }
      }
    }
    return forms.stream();
  }

  /** An argument that is left out. */
  record Part(String id, Operation operation, int index, String name) {
    @Override
    public String toString() {
      return id + " without " + name;
    }
  }
}
