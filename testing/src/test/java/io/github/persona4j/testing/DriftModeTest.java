package io.github.persona4j.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.github.persona4j.testing.internal.webhook.Receiver;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DriftModeTest {
  private final FakePersona persona = FakePersona.builder().driftMode().start();
  private final TestClient client = new TestClient(persona);

  @AfterEach
  void close() {
    persona.close();
  }

  @Test
  void responses_haveUnknownMembersAndValues() throws IOException {
    List<JsonObject> inquiries = client.get("/inquiries?page%5Bsize%5D=100").items();

    assertThat(inquiries)
        .allMatch(inquiry -> inquiry.getAsJsonObject("attributes").has("drift-attribute"))
        .allMatch(inquiry -> inquiry.getAsJsonObject("relationships").has("drift-relationship"))
        .anyMatch(
            inquiry ->
                inquiry
                    .getAsJsonObject("attributes")
                    .get("status")
                    .getAsString()
                    .equals("drift_value"))
        .anyMatch(
            inquiry ->
                inquiry
                    .getAsJsonObject("attributes")
                    .get("status")
                    .getAsString()
                    .equals("completed"));
    String id = inquiries.get(0).get("id").getAsString();
    assertThat(client.get("/inquiries/" + id + "?include=account").included())
        .anyMatch(object -> object.get("type").getAsString().equals("drift-resource"));
    assertThat(client.get("/inquiries", "Key-Inflection", "camel").body())
        .contains("driftAttribute")
        .doesNotContain("drift-attribute");
  }

  @Test
  void events_comeWithOnesOfUnknownNames() throws IOException {
    try (Receiver receiver = new Receiver()) {
      persona.webhooks().to(receiver.url()).register();
      assertThat(client.post("/accounts", "{\"data\":{\"attributes\":{}}}").status())
          .isEqualTo(201);
      persona.webhooks().await();

      assertThat(persona.deliveries().stream().map(WebhookDelivery::eventName))
          .containsExactlyInAnyOrder("account.created", "drift-resource.happened");
      assertThat(receiver.received()).allMatch(r -> r.text().contains("drift-attribute"));
    }
  }
}
