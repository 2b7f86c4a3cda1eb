package io.github.persona4j.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every public method of every generated class is called, including overloads. */
@ExtendWith(RunningPrism.class)
@Execution(ExecutionMode.CONCURRENT)
class PublishedMethodsTest {
  @ParameterizedTest(name = "{0}", allowZeroInvocations = true)
  @MethodSource
  void publishedMethod_sendsAValidRequest(PublishedMethod each, PrismServer prism) {
    Contract.RUN.check(each, prism);
  }

  static Stream<PublishedMethod> publishedMethod_sendsAValidRequest() {
    return PublishedMethod.all(Contract.RUN);
  }

  @AfterAll
  static void everyPublishedMethod_wasCalled() {
    assertThat(Contract.RUN.methods().uncalled())
        .as("published methods that were never called")
        .isEmpty();
  }
}
