package io.github.persona4j.contract;

import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every case of every kind, for all operations that the mocked description shares with ours. */
@ExtendWith(RunningPrism.class)
@Execution(ExecutionMode.CONCURRENT)
class ContractTest {
  @ParameterizedTest(name = "{0}", allowZeroInvocations = true)
  @MethodSource
  void documentedSuccess_arrivesWholeAndEncodesAlike(Success each, PrismServer prism) {
    Contract.RUN.check(each, prism);
  }

  static Stream<Success> documentedSuccess_arrivesWholeAndEncodesAlike() {
    return Success.all(Contract.RUN);
  }

  @ParameterizedTest(name = "{0}", allowZeroInvocations = true)
  @MethodSource
  void documentedError_givesItsExceptionWithAllThatItSays(Failure each, PrismServer prism) {
    Contract.RUN.check(each, prism);
  }

  static Stream<Failure> documentedError_givesItsExceptionWithAllThatItSays() {
    return Failure.all(Contract.RUN);
  }

  @ParameterizedTest(name = "{0}", allowZeroInvocations = true)
  @MethodSource
  void answerMadeUp_arrivesWholeAndEncodesAlike(MadeUpAnswer each, PrismServer prism) {
    Contract.RUN.check(each, prism);
  }

  static Stream<MadeUpAnswer> answerMadeUp_arrivesWholeAndEncodesAlike() {
    return MadeUpAnswer.all(Contract.RUN);
  }

  @ParameterizedTest(name = "{0}", allowZeroInvocations = true)
  @MethodSource
  void responseWithLessOrMoreThanItsExample_isRead(VariedResponse each, PrismServer prism) {
    Contract.RUN.check(each, prism);
  }

  static Stream<VariedResponse> responseWithLessOrMoreThanItsExample_isRead() {
    return VariedResponse.all(Contract.RUN);
  }

  @ParameterizedTest(name = "{0}", allowZeroInvocations = true)
  @MethodSource
  void nullForWhatMayBeNull_isSentAndAccepted(NullProperty each, PrismServer prism) {
    Contract.RUN.check(each, prism);
  }

  static Stream<NullProperty> nullForWhatMayBeNull_isSentAndAccepted() {
    return NullProperty.all(Contract.RUN);
  }

  @ParameterizedTest(name = "{0}", allowZeroInvocations = true)
  @MethodSource
  void list_isWalkedThrough(Walk each, PrismServer prism) {
    Contract.RUN.check(each, prism);
  }

  static Stream<Walk> list_isWalkedThrough() {
    return Walk.all(Contract.RUN);
  }

  @ParameterizedTest(name = "{0}", allowZeroInvocations = true)
  @MethodSource
  void brokenRequest_isRefusedByPrism(BrokenRequest each, PrismServer prism) {
    Contract.RUN.check(each, prism);
  }

  static Stream<BrokenRequest> brokenRequest_isRefusedByPrism() {
    return BrokenRequest.all(Contract.RUN);
  }

  @ParameterizedTest(name = "{0}", allowZeroInvocations = true)
  @MethodSource
  void callWithoutARequiredPart_isRefusedBeforeAnythingIsSent(MissingPart each, PrismServer prism) {
    Contract.RUN.check(each, prism);
  }

  static Stream<MissingPart> callWithoutARequiredPart_isRefusedBeforeAnythingIsSent() {
    return MissingPart.all(Contract.RUN);
  }

  @ParameterizedTest(name = "{0}", allowZeroInvocations = true)
  @MethodSource
  void webhookBody_isAnEventWithATypedPayload(WebhookBody each, PrismServer prism) {
    Contract.RUN.check(each, prism);
  }

  static Stream<WebhookBody> webhookBody_isAnEventWithATypedPayload() {
    return WebhookBody.all(Contract.RUN);
  }
}
