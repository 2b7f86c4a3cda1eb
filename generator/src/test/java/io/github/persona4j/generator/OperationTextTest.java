package io.github.persona4j.generator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openapitools.codegen.CodegenOperation;
import org.openapitools.codegen.CodegenResponse;

class OperationTextTest {
  private final CodegenOperation operation = new CodegenOperation();
  private final OperationText text = new OperationText(operation);

  @BeforeEach
  void describe() {
    operation.httpMethod = "POST";
    operation.path = "/tags";
    operation.summary = "Create a tag";
    operation.notes = "Creates the tag `tag_...`.";
    add("201", true, "The created tag.");
    add("404", false, "The object does not exist.");
    add("503", false, "The server is unavailable. Retry later.");
    add("408", false, "The operation timed out.");
  }

  private void add(String code, boolean isSuccess, String message) {
    CodegenResponse response = new CodegenResponse();
    response.code = code;
    response.is2xx = isSuccess;
    response.message = message;
    operation.responses.add(response);
  }

  @Test
  void fullText_hasParametersResultAndExceptionsOfTheDescribedStatuses() {
    assertThat(
            text.ofFull(List.of(Parameter.required("String", "id", "ID of the tag (`tag_`).")))
                .lines())
        .contains(
            "Create a tag: {@code POST /tags}.",
            "<p>Creates the tag {@code tag_...}.",
            "@param id ID of the tag ({@code tag_})",
            "@return the created tag",
            "@throws NotFoundException for status 404: the object does not exist",
            "@throws RequestTimeoutException for status 408: the operation timed out",
            "@throws ServerException for status 503: the server is unavailable. Retry later")
        .noneMatch(line -> line.contains("RateLimitException"));
  }

  @Test
  void idempotency_dependsOnTheMethodAndTheKey() {
    assertThat(text.ofCall(List.of())).contains("Not idempotent");
    operation.vendorExtensions.put("x-idempotent", true);
    assertThat(text.ofCall(List.of())).contains("Idempotent by its key");
    operation.vendorExtensions.clear();
    operation.httpMethod = "GET";
    assertThat(text.ofCall(List.of())).contains("it changes nothing");
    operation.httpMethod = "DELETE";
    assertThat(text.ofCall(List.of())).contains("a retry leads to the same state");
  }

  @Test
  void shortText_isOneSentenceWithALink() {
    assertThat(text.ofShort("without options", "#create(String)"))
        .isEqualTo("Create a tag, without options; see {@link #create(String)}.");
  }

  @Test
  void phrase_keepsNamesThatStartInCapitals() {
    assertThat(OperationText.phrase("ID of it.")).isEqualTo("ID of it");
    assertThat(OperationText.phrase("The ID.")).isEqualTo("the ID");
    assertThat(OperationText.phrase("")).isEmpty();
  }
}
