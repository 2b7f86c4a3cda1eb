package io.github.persona4j.generator;

import static org.assertj.core.api.Assertions.assertThat;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.DateSchema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.parser.OpenAPIV3Parser;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestExampleTest {
  private static RequestExample bodyWith(String examples) {
    String text =
        """
        openapi: 3.0.3
        info: {title: Test, version: "1"}
        components:
          examples:
            Shared: {value: {a: shared}}
            Again: {$ref: "#/components/examples/Again"}
        paths:
          /a:
            post:
              operationId: a
              requestBody:
                content:
                  application/json: {schema: {type: object}, %s}
              responses: {"200": {description: Done.}}
        """
            .formatted(examples);
    OpenAPI description = new OpenAPIV3Parser().readContents(text).getOpenAPI();
    Operation operation = Objects.requireNonNull(description.getPaths().get("/a"), "/a").getPost();
    return RequestExample.of(operation, description);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "example: {a: shared}",
        "example: '{\"a\": \"shared\"}'",
        "examples: {first: {$ref: '#/components/examples/Shared'}}",
        "examples: {none: {summary: Nothing.}, empty: , first: {value: {a: shared}}}",
      })
  void exampleOfTheBody_isFound(String examples) {
    assertThat(bodyWith(examples).body()).hasToString("{\"a\":\"shared\"}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "example: [1]",
        "example: null",
        "example: 'no JSON {'",
        "example: ''",
        "examples: {}",
        "examples: {first: {externalValue: 'https://example.com/a.json'}}",
        "examples: {first: {$ref: '#/components/examples/None'}}",
        "examples: {first: {$ref: '#/components/examples/Again'}}",
      })
  void bodyWithoutAnObjectAsItsExample_hasNone(String examples) {
    assertThat(bodyWith(examples).body()).isNull();
  }

  @Test
  void dateOfASchema_isAsInTheDescription() {
    Parameter day = new Parameter().name("day").in("query");
    DateSchema schema = new DateSchema();
    schema.setExample("2020-02-29");
    day.setSchema(schema);
    Operation operation = new Operation().parameters(List.of(day));

    assertThat(RequestExample.of(operation, new OpenAPI()).parameters())
        .containsEntry("day", "2020-02-29");
  }
}
