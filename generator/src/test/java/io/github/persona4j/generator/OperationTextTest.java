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
            text.ofFull(List.of(Parameter.required("String", "id", "ID of the tag (`tag_`).")), "")
                .lines())
        .contains(
            "Create a tag: {@code POST /tags}.",
            "<p>Creates the tag {@code tag_...}.",
            "@param id ID of the tag ({@code tag_})",
            "@return the created tag",
            "@throws NotFoundException for status 404: the object does not exist; check the ID,"
                + " and that the key is of the same environment",
            "@throws RequestTimeoutException for status 408: the operation timed out; call again"
                + " later; the client has retried what is safe",
            "@throws ServerException for status 503: the server is unavailable. Retry later. Call"
                + " again later")
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
    assertThat(text.ofShort("without options", "#create(String)", ""))
        .isEqualTo("Create a tag, without options; see {@link #create(String)}.");
  }

  @Test
  void shortText_ofTheCalledForm_endsWithTheExample() {
    assertThat(text.ofShort("without options", "#create(String)", "<pre>code</pre>"))
        .isEqualTo(
            "Create a tag, without options; see {@link #create(String)}.\n\n<pre>code</pre>");
  }

  @Test
  void fullText_hasPartsEventsSandboxRetriesAndExample_beforeItsTags() {
    operation.vendorExtensions.put("x-events", List.of("tag.created", "tag.approved"));
    operation.vendorExtensions.put("x-sandbox", "Creates nothing, and returns `tag_0`. ");

    List<String> lines =
        new OperationText(operation, "The body may be left out.")
            .ofFull(List.of(Parameter.OPTIONS), "<pre>code</pre>")
            .lines()
            .toList();

    assertThat(lines.subList(0, lines.indexOf("@return the created tag")))
        .containsSubsequence(
            "Retried after a connection failure, a timeout, and status 429.",
            "<p>The body may be left out.",
            "<p>Events that can follow: {@code tag.created}, {@code tag.approved}.",
            "<p>Sandbox: Creates nothing, and returns {@code tag_0}.",
            "<pre>code</pre>");
  }

  @Test
  void fullText_withoutExtensions_saysNothingOfEventsAndSandbox() {
    assertThat(text.ofFull(List.of(), ""))
        .doesNotContain("Events that", "Sandbox", "<p>\n", "<pre>");
    assertThat(text.events()).isEmpty();
    assertThat(text.sandbox()).isEmpty();
  }

  @Test
  void retry_dependsOnTheMethod() {
    assertThat(text.retry()).contains("status 429").doesNotContain("502");
    operation.httpMethod = "GET";
    assertThat(text.retry()).contains("408, 429, 502, 503 or 504");
    operation.httpMethod = "PATCH";
    assertThat(text.retry()).isEqualTo("Retried only if it was not sent.");
  }

  @Test
  void advice_isPlain_andEmptyForAStatusThatHasNone() {
    add("422", false, "A value is invalid.");
    add("418", false, "It is a teapot.");

    assertThat(text.advice())
        .containsEntry("418", "")
        .containsEntry("422", "correct the value to which the pointer in `errors()` leads");
    assertThat(text.ofFull(List.of(), "")).contains("for status 418: it is a teapot\n");
  }

  @Test
  void phrase_keepsNamesThatStartInCapitals() {
    assertThat(OperationText.phrase("ID of it.")).isEqualTo("ID of it");
    assertThat(OperationText.phrase("The ID.")).isEqualTo("the ID");
    assertThat(OperationText.phrase("")).isEmpty();
  }

  @Test
  void codeThatWouldEndItsTagOrTheComment_isEscaped() {
    assertThat(OperationText.prose("Send `{a}`, `{`, `*/` or `\\u1` */."))
        .isEqualTo(
            "Send {@code {a}}, <code>&#123;</code>, <code>*&#47;</code> or <code>&#92;u1</code>"
                + " *&#47;.");
  }
}
