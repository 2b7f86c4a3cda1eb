package io.github.persona4j.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.gson.JsonObject;
import io.github.persona4j.testing.TestClient.TestResponse;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImportersTest {
  private final FakePersona persona = FakePersona.builder().inquiries(0).start();
  private final TestClient client = new TestClient(persona);

  @AfterEach
  void close() {
    persona.close();
  }

  private TestResponse postForm(String path, String... namesAndValues) throws IOException {
    StringBuilder body = new StringBuilder();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      body.append("--b\r\nContent-Disposition: form-data; name=\"data[attributes][")
          .append(namesAndValues[i])
          .append("]\"")
          .append(namesAndValues[i].equals("file") ? "; filename=\"import.csv\"" : "")
          .append("\r\n\r\n")
          .append(namesAndValues[i + 1])
          .append("\r\n");
    }
    return client.send(
        client
            .request(path, "Content-Type", "multipart/form-data; boundary=b")
            .POST(BodyPublishers.ofString(body + "--b--\r\n")));
  }

  private TestResponse postJson(String path, String csv) throws IOException {
    String data = Base64.getEncoder().encodeToString(csv.getBytes(StandardCharsets.UTF_8));
    return client.post(
        path,
        "{\"data\":{\"attributes\":{\"file\":{\"data\":\"" + data + "\",\"filename\":\"a\"}}}}");
  }

  private JsonObject importer(JsonObject created) throws IOException {
    return client.get("/importers/" + created.get("id").getAsString()).attributes();
  }

  private static void assertCounts(JsonObject importer, int successful, int duplicate, int error) {
    assertThat(importer.get("status").getAsString()).isEqualTo("ready");
    assertThat(importer.get("successful-count").getAsInt()).isEqualTo(successful);
    assertThat(importer.get("duplicate-count").getAsInt()).isEqualTo(duplicate);
    assertThat(importer.get("error-count").getAsInt()).isEqualTo(error);
    assertThat(importer.get("completed-at").isJsonNull()).isFalse();
  }

  @Test
  void accounts_areCreatedFromTheRowsAfterASecond() throws IOException {
    String csv =
        """
        reference_id,name first,email-address,birthdate
        r1,"Ada, the first",ada@example.com,1990-12-10
        r2,Bob,no address,
        r1,Ada,,
        r3,Eve,,10.12.1990
        r4,,,
        ,,,
        r5,a,b@c,1990-01-01,too much
        """;
    TestResponse response = postForm("/importer/accounts", "file", csv);

    assertThat(response.status()).isEqualTo(201);
    JsonObject created = response.data();
    assertThat(created.get("type").getAsString()).isEqualTo("importer/account");
    assertThat(created.getAsJsonObject("attributes").get("status").getAsString())
        .isEqualTo("pending");
    assertThat(created.getAsJsonObject("attributes").get("completed-at").isJsonNull()).isTrue();
    persona.clock().advance(Duration.ofSeconds(1));

    assertCounts(importer(created), 2, 1, 4);
    assertThat(persona.importErrors(created.get("id").getAsString()))
        .containsExactly(
            "row 2: email-address is not valid",
            "row 4: birthdate is not valid",
            "row 6: the row is empty",
            "row 7: more values than columns");
    assertThat(client.get("/accounts?filter%5Breference-id%5D=r1").items())
        .singleElement()
        .satisfies(account -> assertThat(account.toString()).contains("Ada, the first"));
    assertThat(client.get("/accounts?filter%5Breference-id%5D=r3").items()).isEmpty();
    assertThat(client.get("/importers").ids()).contains(created.get("id").getAsString());
  }

  @Test
  void accountsThatExist_areDuplicates() throws IOException {
    client.post("/accounts", "{\"data\":{\"attributes\":{\"reference-id\":\"r1\"}}}");
    JsonObject created = postJson("/importer/accounts", "reference-id\nr1\nr2\n").data();
    persona.clock().advance(Duration.ofSeconds(1));

    assertCounts(importer(created), 1, 1, 0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "names|name-first,name-last|Ada,Example|Ada,",
        "email-addresses|value|ada@example.com|ada",
        "phone-numbers|value|+15551234567|none",
        "ip-addresses|value|192.0.2.1|x.y",
        "geolocations|latitude,longitude,radius-meters|52.5,13.4,100|north,13.4,100",
        "government-id-numbers|id-class,id-number|dl,A1|dl,"
      })
  void listItems_areAddedToTheirList(String kind, String header, String good, String bad)
      throws IOException {
    TestResponse list =
        client.post("/list/" + kind, "{\"data\":{\"attributes\":{\"name\":\"Blocked\"}}}");
    String listId = list.data().get("id").getAsString();
    String csv = header + "\r\n" + good + "\r\n" + bad + "\r\n" + good + "\r\n";
    TestResponse response = postForm("/importer/list-item/" + kind, "file", csv, "list-id", listId);

    assertThat(response.status()).isEqualTo(201);
    persona.clock().advance(Duration.ofSeconds(1));
    assertCounts(importer(response.data()), 1, 1, 1);
    TestResponse again = postForm("/importer/list-item/" + kind, "list-id", listId, "file", csv);
    persona.clock().advance(Duration.ofSeconds(1));
    assertCounts(importer(again.data()), 0, 2, 1);
    JsonObject items = client.get("/lists/" + listId).data().getAsJsonObject("relationships");
    assertThat(items.getAsJsonObject("list-items").getAsJsonArray("data")).hasSize(1);
  }

  @Test
  void fileThatIsNoCsv_endsWithAnError() throws IOException {
    for (String csv : new String[] {"", "a\n\"b"}) {
      JsonObject created = postForm("/importer/accounts", "file", csv).data();
      persona.clock().advance(Duration.ofSeconds(1));

      assertThat(importer(created).get("status").getAsString()).isEqualTo("errored");
      assertThat(persona.importErrors(created.get("id").getAsString())).hasSize(1);
    }
  }

  @Test
  void missingFileOrList_isRejected() throws IOException {
    assertThat(postForm("/importer/accounts", "other", "x").status()).isEqualTo(422);
    assertThat(postForm("/importer/list-item/names", "file", "a", "list-id", "lst_x").status())
        .isEqualTo(404);
    assertThat(postForm("/importer/list-item/names", "file", "a").error())
        .hasToString(
            "{\"title\":\"Unprocessable entity\",\"details\":\"An item needs the ID of its list.\","
                + "\"code\":\"invalid_value\",\"source\":{\"pointer\":"
                + "\"/data/attributes/list-id\"}}");
    assertThat(
            client
                .post(
                    "/importer/accounts", "{\"data\":{\"attributes\":{\"file\":{\"data\":\"*\"}}}}")
                .status())
        .isEqualTo(422);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> persona.importErrors("mprt_none"))
        .withMessageStartingWith("importerId");
  }

  @Test
  void brokenForm_isABadRequest() throws IOException {
    for (String body :
        new String[] {"", "--b", "--b\r\nx\r\n\r\n", "--b\r\nX: y\r\n\r\nz\r\n--b--"}) {
      TestResponse response =
          client.send(
              client
                  .request("/importer/accounts", "Content-Type", "multipart/form-data;boundary=b")
                  .POST(BodyPublishers.ofString(body)));
      assertThat(response.status()).isEqualTo(400);
    }
  }
}
