package io.github.persona4j.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.persona4j.contract.Arguments.Extent;
import io.github.persona4j.contract.Operation.DocumentedResponse;
import io.github.persona4j.file.Download;
import io.github.persona4j.json.JsonModel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A documented success of an operation: the request is as expected, and the response is decoded
 * without loss.
 *
 * @param example the name of the example of the response, null if there is none
 * @param extent which optional parts are sent
 */
record Success(
    Operation operation, DocumentedResponse response, @Nullable String example, Extent extent)
    implements ContractCase.OfResponse {

  static Stream<Success> all(Contract contract) {
    List<Success> all = new ArrayList<>();
    for (Operation operation : contract.shared()) {
      for (DocumentedResponse response : operation.responses()) {
        if (response.isSuccess()) {
          for (Extent extent : Extent.values()) {
            for (String example : response.exampleNames()) {
              all.add(new Success(operation, response, example, extent));
            }
          }
        }
      }
    }
    return all.stream();
  }

  @Override
  public boolean isGenerated() {
    return example == null;
  }

  @Override
  public String variant() {
    return extent == Extent.COMPLETE ? "complete request" : "minimal request";
  }

  @Override
  public void check(CaseContext context) throws IOException {
    Exchange exchange = context.exchange();
    Arguments arguments = Arguments.of(operation, extent, response, example);

    Object result = context.call(operation, arguments);

    SentRequest.check(operation, exchange, extent == Extent.COMPLETE);
    assertThat(SentBody.differences(operation, arguments, exchange))
        .as("differences of the request")
        .isEmpty();
    assertThat(exchange.response().code()).as("status").isEqualTo(response.status());
    if (result instanceof JsonModel model) {
      if (isGenerated()) {
        context.checkGenerated(model, exchange.responseBody());
      } else {
        context.checkDecoded(model, exchange.responseBody());
      }
    } else if (result instanceof Download file) {
      assertThat(file.contentType()).isEqualTo(response.mediaType());
      assertThat(text(file)).as("file").isNotEmpty().isEqualTo(exchange.responseBody());
    } else if (!exchange.responseBody().isEmpty()) {
      context.unknown().add("$: an unexpected body");
    }
  }

  private static String text(Download file) throws IOException {
    try (file) {
      return new String(file.stream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Override
  public String toString() {
    return operation.id()
        + " "
        + response.status()
        + (example == null ? "" : " " + example)
        + ", "
        + variant();
  }
}
