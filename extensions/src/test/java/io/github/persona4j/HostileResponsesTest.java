package io.github.persona4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.persona4j.error.PersonaException;
import io.github.persona4j.model.AccountAttributes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages and log lines are short and have one line, whatever a response contains. */
class HostileResponsesTest {
  private static final String LONG = "n".repeat(3_000_000);
  private static final String FORGED =
      "x\\r\\n2026-01-01 ERROR forged\\u0000\\u001b[2J\\u202e\\u2028y";

  private final List<String> lines = new CopyOnWriteArrayList<>();
  private MockApi api;
  private PersonaClient client;

  @BeforeEach
  void start() throws IOException {
    api = new MockApi();
    client =
        api.builder()
            .callListener(report -> lines.add(report.toString()))
            .addInterceptor(RequestLog.to(lines::add))
            .build();
  }

  @AfterEach
  void stop() {
    client.close();
    api.close();
  }

  private static void checkLine(String line) {
    assertThat(line)
        .hasSizeLessThan(1_500)
        .doesNotContain("\n", "\r", "\u0000", "\u001b", "\u202e", "\u2028", "n".repeat(201));
  }

  @ParameterizedTest
  @ValueSource(strings = {"%s", "{\"data\":[{\"attributes\":{\"%s\":!"})
  void longOrForgedName_inMalformedBody_givesShortLine(String template) {
    for (String name : List.of(LONG, FORGED)) {
      api.respond(200, template.formatted("{\"" + name + "\":1,\"" + name + "\":2}"));
      api.respond(200, template.formatted(name));
      for (int i = 0; i < 2; i++) {
        PersonaException failure =
            catchThrowableOfType(PersonaException.class, () -> client.events().list());
        for (Throwable e = failure; e != null; e = e.getCause()) {
          checkLine(e.toString());
        }
      }
    }
    lines.forEach(HostileResponsesTest::checkLine);
  }

  @Test
  void longOrForgedError_givesShortLine() {
    for (String value : List.of(LONG, FORGED)) {
      api.respond(
          422,
          """
          {"errors":[{"title":"%1$s","code":"%1$s","details":"s3cret","%1$s":1,
            "source":{"pointer":"/data/attributes/fields/s3cret 1"},"meta":{"s3cret":"s3cret"}}]}
          """
              .formatted(value));

      PersonaException failure =
          catchThrowableOfType(
              PersonaException.class, () -> client.inquiries().create(MockApi.NEW_INQUIRY));

      checkLine(failure.toString());
      assertThat(failure.toString()).doesNotContain("s3cret");
      for (Object error : ((io.github.persona4j.error.PersonaApiException) failure).errors()) {
        checkLine(error.toString());
        assertThat(error.toString()).doesNotContain("s3cret");
      }
    }
  }

  @Test
  void longOrForgedHeader_givesShortLine() {
    List<String> values = List.of("n".repeat(5_000), "x\u0000\u001b[2J y", "\u0085");
    for (String value : values) {
      api.respond(
          new MockResponse.Builder()
              .code(404)
              .body("")
              .addHeaderLenient("Request-Id", value)
              .addHeaderLenient("Content-Type", value)
              .addHeaderLenient("X-" + value.replace(' ', '-'), value));

      PersonaException failure =
          catchThrowableOfType(PersonaException.class, () -> client.events().list());

      checkLine(failure.toString());
    }
    assertThat(lines).hasSize(3 * values.size());
    lines.forEach(HostileResponsesTest::checkLine);
  }

  @Test
  void longOrForgedId_givesShortLine() {
    List<Throwable> failures = new ArrayList<>();
    for (String id : List.of("n".repeat(50_000), "x\r\n\u202ey")) {
      api.respond(404, "");
      failures.add(
          catchThrowableOfType(PersonaException.class, () -> client.inquiries().retrieve(id)));
    }

    assertThat(failures).doesNotContainNull();
    for (Throwable failure : failures) {
      assertThat(failure.toString()).hasSizeLessThan(600).doesNotContain("\n", "\r", "\u202e");
    }
  }

  @Test
  void unknownTypesAndCustomFields_giveShortLine() {
    for (String value : List.of(LONG, FORGED)) {
      api.respond(
          200,
          """
          {"data":[{"type":"%1$s","id":"%1$s","attributes":{"%1$s":1}},
            {"type":"event","id":"%1$s","%1$s":1,"attributes":{"name":"%1$s"}}],
           "links":{"prev":null,"next":null}}
          """
              .formatted(value));

      client
          .events()
          .list()
          .items()
          .forEach(
              event -> {
                checkLine(event.toString());
                checkLine(event.attributes().toString());
              });
    }
    AccountAttributes account =
        AccountAttributes.fromJson("{\"fields\":{\"s3cret\":{\"s3cret\":1}},\"status\":1}");
    assertThat(String.valueOf(account.fields()) + account).doesNotContain("s3cret");
  }
}
