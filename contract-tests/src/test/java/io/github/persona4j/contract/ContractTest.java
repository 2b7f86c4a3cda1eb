package io.github.persona4j.contract;

import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** All cases of all operations that are in both descriptions. */
@ExtendWith(RunningPrism.class)
@Execution(ExecutionMode.CONCURRENT)
class ContractTest {
  @ParameterizedTest(name = "{0}", allowZeroInvocations = true)
  @MethodSource
  void documentedSuccess_isDecodedAndEncodedWithoutLoss(Success each, PrismServer prism) {
    Contract.RUN.check(each, prism);
  }

  static Stream<Success> documentedSuccess_isDecodedAndEncodedWithoutLoss() {
    return Success.all(Contract.RUN);
  }

  @ParameterizedTest(name = "{0}", allowZeroInvocations = true)
  @MethodSource
  void documentedError_throwsItsExceptionWithAllDetails(Failure each, PrismServer prism) {
    Contract.RUN.check(each, prism);
  }

  static Stream<Failure> documentedError_throwsItsExceptionWithAllDetails() {
    return Failure.all(Contract.RUN);
  }

  @ParameterizedTest(name = "{0}", allowZeroInvocations = true)
  @MethodSource
  void generatedResponse_isDecodedAndEncodedWithoutLoss(GeneratedResponse each, PrismServer prism) {
    Contract.RUN.check(each, prism);
  }

  static Stream<GeneratedResponse> generatedResponse_isDecodedAndEncodedWithoutLoss() {
    return GeneratedResponse.all(Contract.RUN);
  }

  @ParameterizedTest(name = "{0}", allowZeroInvocations = true)
  @MethodSource
  void responseWithOtherPropertiesThanItsExample_isDecoded(VariedResponse each, PrismServer prism) {
    Contract.RUN.check(each, prism);
  }

  static Stream<VariedResponse> responseWithOtherPropertiesThanItsExample_isDecoded() {
    return VariedResponse.all(Contract.RUN);
  }

  @ParameterizedTest(name = "{0}", allowZeroInvocations = true)
  @MethodSource
  void nullForNullableProperty_isSentAndAccepted(NullProperty each, PrismServer prism) {
    Contract.RUN.check(each, prism);
  }

  static Stream<NullProperty> nullForNullableProperty_isSentAndAccepted() {
    return NullProperty.all(Contract.RUN);
  }

  @ParameterizedTest(name = "{0}", allowZeroInvocations = true)
  @MethodSource
  void list_isReadPageByPage(PageWalk each, PrismServer prism) {
    Contract.RUN.check(each, prism);
  }

  static Stream<PageWalk> list_isReadPageByPage() {
    return PageWalk.all(Contract.RUN);
  }

  @ParameterizedTest(name = "{0}", allowZeroInvocations = true)
  @MethodSource
  void brokenRequest_isRejectedByPrism(BrokenRequest each, PrismServer prism) {
    Contract.RUN.check(each, prism);
  }

  static Stream<BrokenRequest> brokenRequest_isRejectedByPrism() {
    return BrokenRequest.all(Contract.RUN);
  }

  @ParameterizedTest(name = "{0}", allowZeroInvocations = true)
  @MethodSource
  void callWithoutARequiredPart_failsBeforeAnythingIsSent(MissingPart each, PrismServer prism) {
    Contract.RUN.check(each, prism);
  }

  static Stream<MissingPart> callWithoutARequiredPart_failsBeforeAnythingIsSent() {
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
