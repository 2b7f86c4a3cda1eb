package io.github.persona4j.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The data that a fake starts with follows the table of transitions and the seed. */
class SeedDataTest {
  private final SettableClock clock = new SettableClock();
  private final FakePersona persona = FakePersona.builder().clock(clock).start();
  private final TestClient client = new TestClient(persona);

  @AfterEach
  void close() {
    persona.close();
  }

  private List<JsonObject> inquiries() throws IOException {
    return client.get("/inquiries?page%5Bsize%5D=100").items();
  }

  private static JsonObject attributes(JsonObject resource) {
    return resource.getAsJsonObject("attributes");
  }

  private static String status(JsonObject resource) {
    return attributes(resource).get("status").getAsString();
  }

  @Test
  void onlyOpenInquiries_haveATimeAtWhichTheyExpire() throws IOException {
    assertThat(inquiries()).hasSize(25);
    for (JsonObject inquiry : inquiries()) {
      boolean open = List.of("created", "pending").contains(status(inquiry));
      assertThat(attributes(inquiry).get("expires-at").isJsonNull())
          .as(status(inquiry))
          .isEqualTo(!open);
    }
  }

  @Test
  void openInquiries_expireADayAfterTheStart() throws IOException {
    List<String> open =
        inquiries().stream()
            .filter(inquiry -> List.of("created", "pending").contains(status(inquiry)))
            .map(inquiry -> inquiry.get("id").getAsString())
            .toList();
    persona.clock().advance(Duration.ofHours(23));
    assertThat(persona.inquiry(open.get(0)).status()).isIn("created", "pending");

    persona.clock().advance(Duration.ofHours(1));

    assertThat(open).hasSizeGreaterThan(2);
    for (String id : open) {
      JsonObject expired = client.get("/inquiries/" + id + "?include=sessions").json();
      assertThat(status(expired.getAsJsonObject("data"))).isEqualTo("expired");
      expired
          .getAsJsonArray("included")
          .forEach(session -> assertThat(status(session.getAsJsonObject())).isEqualTo("expired"));
      assertThat(client.get("/events?filter%5Bname%5D=inquiry.expired").items())
          .anySatisfy(
              event -> assertThat(event.toString()).contains(id).contains("\"expires-at\":null"));
    }
  }

  @Test
  void startedInquiry_expiresADayAfterThat() throws IOException {
    String created = client.get("/inquiries?filter%5Bstatus%5D=created").ids().get(0);
    persona.clock().advance(Duration.ofHours(12));
    persona.inquiry(created).start().complete();
    persona.clock().advance(Duration.ofDays(2));

    assertThat(persona.inquiry(created).status()).isEqualTo("completed");
  }

  private static String data(FakePersona.Builder builder) throws IOException {
    try (FakePersona fake = builder.start()) {
      TestClient there = new TestClient(fake);
      return there.get("/events").body()
          + there.get("/inquiries").body()
          + there.get("/accounts").body()
          + there
              .post("/inquiries", "{\"data\":{\"attributes\":{\"inquiry-template-id\":\"t\"}}}")
              .body();
    }
  }

  @Test
  void seed_decidesIdsAndData() throws IOException {
    FakePersona.Builder builder = FakePersona.builder().clock(clock);
    String none = data(builder);
    String seven = data(builder.seed(7));
    String eight = data(builder.seed(8));

    assertThat(data(builder.seed(7))).isEqualTo(seven);
    assertThat(data(builder.seed(0))).isEqualTo(none);
    assertThat(seven).isNotEqualTo(eight).isNotEqualTo(none);
    try (FakePersona a = builder.seed(7).start();
        FakePersona b = builder.seed(8).start()) {
      for (String type : List.of("event", "inquiry", "account", "inquiry-session")) {
        assertThat(a.ids(type)).as(type).isNotEmpty().doesNotContainAnyElementsOf(b.ids(type));
      }
      TestClient ofA = new TestClient(a);
      TestClient ofB = new TestClient(b);
      assertThat(names(ofA)).isNotEqualTo(names(ofB));
    }
  }

  private static List<String> names(TestClient there) throws IOException {
    return there.get("/accounts").items().stream()
        .map(account -> attributes(account).getAsJsonObject("fields").get("name").toString())
        .toList();
  }
}
