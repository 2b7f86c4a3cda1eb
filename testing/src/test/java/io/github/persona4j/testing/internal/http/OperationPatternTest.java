package io.github.persona4j.testing.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.persona4j.testing.internal.description.ApiDescription;
import io.github.persona4j.testing.internal.description.Operation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OperationPatternTest {
  private static boolean matches(String operation, String method, String path) {
    return OperationPattern.parse(operation).matches(method, path);
  }

  @Test
  void methodAndPath_matchTheWholePathOnly() {
    assertThat(matches("POST /inquiries", "POST", "/api/v1/inquiries")).isTrue();
    assertThat(matches("post /inquiries", "POST", "/api/v1/inquiries")).isTrue();
    assertThat(matches("POST /inquiries", "GET", "/api/v1/inquiries")).isFalse();
    assertThat(matches("POST /inquiries", "POST", "/api/v1/inquiries/")).isFalse();
    assertThat(matches("POST /inquiries", "POST", "/inquiries")).isFalse();
    assertThat(matches("POST /inquiries", "POST", "/api/v2/inquiries")).isFalse();
  }

  @Test
  void segmentInBraces_matchesAnyOneSegment() {
    assertThat(matches("GET /inquiries/{id}", "GET", "/api/v1/inquiries/inq_1")).isTrue();
    assertThat(matches("GET /inquiries/{id}", "GET", "/api/v1/inquiries/")).isFalse();
    assertThat(matches("GET /inquiries/{id}", "GET", "/api/v1/inquiries/inq_1/print")).isFalse();
    assertThat(matches("GET /inquiries/{id}/print", "GET", "/api/v1/inquiries/x/print")).isTrue();
  }

  @Test
  void star_matchesAnyMethodOrAllRequests() {
    assertThat(matches("* /events", "DELETE", "/api/v1/events")).isTrue();
    assertThat(matches("* /events", "DELETE", "/api/v1/inquiries")).isFalse();
    assertThat(matches("*", "GET", "/files/x")).isTrue();
    assertThat(OperationPattern.parse("* /events")).hasToString("* /events");
  }

  @Test
  void relays_areBelowTheirOwnBaseUrl() {
    assertThat(matches("POST /relays", "POST", "/api/privacy/v1/relays")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "POST /inquirys",
        "POST /api/v1/inquiries",
        "POST /inquiries/",
        "PUT /inquiries",
        "GET /inquiries/{id}/approve",
        "* /nothing",
        "GET /inquiries/{a}/{b}/{c}",
        "POST /inquiriex",
        "GET inquiries",
        "POST",
        ""
      })
  void operationThatIsNotDescribed_isRejected(String operation) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> OperationPattern.parse(operation))
        .withMessageStartingWith("operation");
  }

  @Test
  void everyDescribedOperation_isAccepted() {
    for (Operation operation : ApiDescription.get().operations()) {
      String text = operation.method() + ' ' + operation.path();
      assertThat(OperationPattern.parse(text)).hasToString(text);
    }
    assertThat(matches("GET /inquiries/inq_1", "GET", "/api/v1/inquiries/inq_1")).isTrue();
  }
}
