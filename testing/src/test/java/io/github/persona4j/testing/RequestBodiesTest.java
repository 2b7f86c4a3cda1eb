package io.github.persona4j.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.persona4j.testing.TestClient.TestResponse;
import io.github.persona4j.testing.internal.http.ApiRequest;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies that the fake does not accept. */
class RequestBodiesTest {
  private final FakePersona persona = FakePersona.builder().clock(new SettableClock()).start();
  private final TestClient client = new TestClient(persona);

  @AfterEach
  void close() {
    persona.close();
  }

  private TestResponse post(byte[] body, String contentType) throws IOException {
    return client.send(
        client
            .request("/accounts", "Content-Type", contentType)
            .POST(BodyPublishers.ofByteArray(body)));
  }

  private static byte[] account(String referenceId) {
    return ("{\"data\":{\"attributes\":{\"reference-id\":\"" + referenceId + "\"}}}")
        .getBytes(UTF_8);
  }

  private static String details(TestResponse response) {
    return response.error().get("details").getAsString();
  }

  @Test
  void invalidUtf8_isRefused() throws IOException {
    byte[] body = account("x");
    for (int wrong : new int[] {0x80, 0xC0, 0xFF, 0xE2}) {
      byte[] broken = body.clone();
      broken[broken.length - 5] = (byte) wrong;
      TestResponse response = post(broken, "application/json");
      assertThat(response.status()).isEqualTo(400);
      assertThat(details(response)).isEqualTo("The body must be in UTF-8.");
    }
    assertThat(post(account("é😀"), "application/json").attributes().get("reference-id"))
        .hasToString("\"é😀\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\\ud800", "\\udc00", "a\\ud83dz", "\\ude00\\ud83d"})
  void halfOfASurrogatePair_isRefused(String text) throws IOException {
    TestResponse response = post(account(text), "application/json");

    assertThat(response.status()).isEqualTo(400);
    assertThat(details(response)).isEqualTo("The body has half of a surrogate pair.");
    assertThat(post(account("\\ud83d\\ude00"), "application/json").status()).isEqualTo(201);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/accounts/{id}/add-objects", "/accounts/{id}/remove-objects"})
  void nullInAList_isRefused(String path) throws IOException {
    String account = post(account("r1"), "application/json").data().get("id").getAsString();
    TestResponse response =
        client.post(path.replace("{id}", account), "{\"meta\":{\"object-ids\":[null]}}");

    assertThat(response.status()).isEqualTo(400);
    assertThat(details(response)).contains("must be a value");
    assertThat(client.post("/batch-jobs", "{\"data\":{\"attributes\":{\"rows\":[null]}}}").status())
        .isEqualTo(400);
  }

  @Test
  void bodyAboveTheLimit_is413AndTheConnectionStaysUsable() throws IOException {
    byte[] body = new byte[ApiRequest.MAX_BODY + 1];
    TestResponse response = post(body, "application/json");
    assertThat(response.status()).isEqualTo(413);
    assertThat(response.error().get("title").getAsString()).isEqualTo("Payload too large");
    assertThat(post(new byte[ApiRequest.MAX_BODY], "application/json").status()).isEqualTo(400);
    assertThat(post(body, "multipart/form-data; boundary=b").status()).isNotEqualTo(413);
    assertThat(post(new byte[ApiRequest.MAX_MULTIPART + 1], "multipart/form-data").status())
        .isEqualTo(413);
    assertThat(persona.requests().get(0).body()).isEmpty();
    assertThat(client.get("/events").status()).isEqualTo(200);
  }

  /** As the description has it: a body needs its meta, but an operation may have no body. */
  @ParameterizedTest
  @CsvSource({
    "/inquiries/{inquiry}/approve, 400",
    "/inquiries/{inquiry}/decline, 400",
    "/inquiries/{inquiry}/generate-one-time-link, 400",
    "/webhooks/{webhook}/rotate-secret, 400",
    "/inquiries/{inquiry}/mark-for-review, 200",
    "/inquiries/{inquiry}/resume, 200",
    "/inquiries/{inquiry}/expire, 200"
  })
  void emptyObject_isRefusedWhereABodyNeedsMeta(String path, int status) throws IOException {
    assertThat(client.post(newObjects(path), "{}").status()).isEqualTo(status);
    assertThat(client.post(newObjects(path), "{\"meta\":{}}").status()).isEqualTo(200);
    assertThat(client.post(newObjects(path), "").status()).isEqualTo(200);
  }

  /** Returns the path with the ids of new objects. */
  private String newObjects(String path) throws IOException {
    String inquiry =
        client
            .post("/inquiries", "{\"data\":{\"attributes\":{\"inquiry-template-id\":\"itmpl_1\"}}}")
            .data()
            .get("id")
            .getAsString();
    String webhook = persona.webhooks().to("http://localhost:1/").register().id();
    return path.replace("{inquiry}", inquiry).replace("{webhook}", webhook);
  }

  @Test
  void messages_sayWhatIsWrong() throws IOException {
    String deep = "[".repeat(500) + "]".repeat(500);
    assertThat(details(post(deep.getBytes(UTF_8), "application/json")))
        .isEqualTo("The body must be a JSON object: More than 255 levels of arrays and objects.");
    assertThat(details(post("{\"data\":".getBytes(UTF_8), "application/json")))
        .isEqualTo("The body must be a JSON object: Malformed JSON at character 8.");
    TestResponse tags =
        client.post(
            "/inquiries",
            "{\"data\":{\"attributes\":{\"inquiry-template-id\":\"i\",\"tags\":[\"a\",\"a\",5]}}}");
    assertThat(details(tags)).isEqualTo("Item 2 of tags must be a string.");
  }
}
