package io.github.persona4j.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.github.persona4j.testing.TestClient.TestResponse;
import io.github.persona4j.testing.internal.seed.Catalog;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // fields are set by setUp
class ReadingTest {
  private FakePersona persona;
  private TestClient client;

  @BeforeAll
  void setUp() {
    persona = FakePersona.builder().events(400).inquiries(40).start();
    client = new TestClient(persona);
  }

  @AfterAll
  void close() {
    persona.close();
  }

  private List<JsonObject> inquiries(String query) throws IOException {
    return client.get("/inquiries?page%5Bsize%5D=100" + query).items();
  }

  private static String attribute(JsonObject resource, String name) {
    return resource.getAsJsonObject("attributes").get(name).getAsString();
  }

  @Test
  void event_isRetrievedAsListed() throws IOException {
    JsonObject listed = client.get("/events").items().get(3);

    JsonObject retrieved = client.get("/events/" + listed.get("id").getAsString()).data();

    assertThat(retrieved).isEqualTo(listed);
    assertThat(retrieved.keySet()).containsExactly("type", "id", "attributes");
    assertThat(retrieved.getAsJsonObject("attributes").keySet())
        .containsExactlyInAnyOrder("name", "payload", "created-at", "context");
    JsonObject object =
        retrieved.getAsJsonObject("attributes").getAsJsonObject("payload").getAsJsonObject("data");
    assertThat(object.keySet())
        .containsExactlyInAnyOrder("type", "id", "attributes", "relationships");
  }

  @Test
  void inquiry_hasAllMembersOfTheDescription() throws IOException {
    JsonObject listed = client.get("/inquiries").items().get(0);

    JsonObject inquiry = client.get("/inquiries/" + listed.get("id").getAsString()).data();

    assertThat(inquiry).isEqualTo(listed);
    assertThat(inquiry.getAsJsonObject("attributes").keySet())
        .containsExactlyInAnyOrder(
            "behaviors",
            "completed-at",
            "created-at",
            "creator",
            "decisioned-at",
            "expired-at",
            "expires-at",
            "failed-at",
            "fields",
            "marked-for-review-at",
            "next-step-name",
            "note",
            "previous-step-name",
            "redacted-at",
            "reference-id",
            "reviewer-comment",
            "started-at",
            "status",
            "tags",
            "updated-at");
    assertThat(inquiry.getAsJsonObject("relationships").keySet())
        .containsExactlyInAnyOrder(
            "account",
            "documents",
            "inquiry-template",
            "inquiry-template-version",
            "reports",
            "reviewer",
            "selfies",
            "sessions",
            "template",
            "transaction",
            "verifications");
    assertThat(inquiry.getAsJsonObject("attributes").getAsJsonObject("fields").keySet())
        .contains("name-first", "birthdate", "address-country-code", "identification-number");
  }

  @Test
  void seedData_containsManyEventNamesAndEveryInquiryStatus() throws IOException {
    assertThat(inquiries(""))
        .extracting(inquiry -> attribute(inquiry, "status"))
        .contains(
            "approved",
            "completed",
            "declined",
            "needs_review",
            "pending",
            "created",
            "failed",
            "expired");
    assertThat(client.get("/events?page%5Bsize%5D=100").items())
        .extracting(event -> attribute(event, "name"))
        .contains("inquiry.created", "inquiry.approved", "verification.passed");
  }

  @Test
  void seedData_isTheSameInEveryFakeOfTheSameSize() throws IOException {
    FakePersona.Builder builder =
        FakePersona.builder().events(400).inquiries(40).clock(new SettableClock());
    try (FakePersona one = builder.start();
        FakePersona other = builder.start()) {
      TestClient here = new TestClient(one);
      TestClient there = new TestClient(other);
      assertThat(there.get("/events").body()).isEqualTo(here.get("/events").body());
      assertThat(there.get("/inquiries").body()).isEqualTo(here.get("/inquiries").body());
      assertThat(here.get("/events").ids()).isEqualTo(client.get("/events").ids());
    }
  }

  @Test
  void eventTimestamps_matchThoseOfTheirInquiry() throws IOException {
    JsonObject inquiry = inquiries("&filter%5Bstatus%5D=approved").get(0);
    String id = inquiry.get("id").getAsString();

    List<JsonObject> events =
        client.get("/events?page%5Bsize%5D=100&filter%5Bobject-id%5D=" + id).items();

    for (JsonObject event : events) {
      String at = attribute(event, "created-at");
      switch (attribute(event, "name")) {
        case "inquiry.created" -> assertThat(at).isEqualTo(attribute(inquiry, "created-at"));
        case "inquiry.started" -> assertThat(at).isEqualTo(attribute(inquiry, "started-at"));
        case "inquiry.completed" -> assertThat(at).isEqualTo(attribute(inquiry, "completed-at"));
        case "inquiry.approved" -> assertThat(at).isEqualTo(attribute(inquiry, "decisioned-at"));
        default -> assertThat(attribute(event, "name")).startsWith("inquiry.");
      }
    }
    assertThat(events).hasSizeGreaterThanOrEqualTo(4);
  }

  @Test
  void eventFilters_selectByNameObjectAndId() throws IOException {
    List<JsonObject> named =
        client
            .get("/events?page%5Bsize%5D=100&filter%5Bname%5D=inquiry.approved,inquiry.declined")
            .items();
    assertThat(named)
        .isNotEmpty()
        .extracting(event -> attribute(event, "name"))
        .containsOnly("inquiry.approved", "inquiry.declined");

    String first = named.get(0).get("id").getAsString();
    String second = named.get(1).get("id").getAsString();
    assertThat(client.get("/events?filter%5Bid%5D=" + second + "," + first).ids())
        .containsExactly(first, second);
    assertThat(client.get("/events?filter%5Bid%5D=" + first + "&filter%5Bname%5D=other").ids())
        .isEmpty();
    // The API accepts all three casings.
    assertThat(client.get("/events?filter%5Bobject_id%5D=nothing").ids()).isEmpty();
    assertThat(client.get("/events?filter%5BobjectId%5D=nothing").ids()).isEmpty();
  }

  @Test
  void inquiryFilters_selectByAttribute() throws IOException {
    JsonObject sample = inquiries("").get(5);
    String reference = attribute(sample, "reference-id");
    String account =
        sample
            .getAsJsonObject("relationships")
            .getAsJsonObject("account")
            .getAsJsonObject("data")
            .get("id")
            .getAsString();
    String template = Catalog.INQUIRY_TEMPLATES.get(0);
    Instant created = Instant.parse(attribute(sample, "created-at"));

    assertThat(inquiries("&filter%5Breference-id%5D=" + reference))
        .hasSize(2)
        .isEqualTo(inquiries("&filter%5Baccount-id%5D=" + account));
    assertThat(inquiries("&filter%5Bstatus%5D=failed,expired"))
        .isNotEmpty()
        .extracting(inquiry -> attribute(inquiry, "status"))
        .containsOnly("failed", "expired");
    assertThat(inquiries("&filter%5Binquiry-template-id%5D=" + template))
        .isNotEmpty()
        .allSatisfy(inquiry -> assertThat(inquiry.toString()).contains(template));
    assertThat(inquiries("&filter%5Btemplate-id%5D=" + template)).isEmpty();
    assertThat(inquiries("&filter%5Bnote%5D=Seeded%20by%20the%20fake")).isNotEmpty();
    assertThat(inquiries("&filter%5Binquiry-id%5D=" + sample.get("id").getAsString()))
        .containsExactly(sample);
    assertThat(
            inquiries(
                "&filter%5Bcreated-at-start%5D="
                    + created
                    + "&filter%5Bcreated-at-end%5D="
                    + created))
        .containsExactly(sample);
    assertThat(client.get("/inquiries?filter%5Bcreated-at-start%5D=yesterday").status())
        .isEqualTo(400);
  }

  @Test
  void sparseFields_limitOnlyTheAttributesOfTheirType() throws IOException {
    String id = inquiries("&filter%5Bstatus%5D=approved").get(0).get("id").getAsString();

    TestResponse response =
        client.get(
            "/inquiries/"
                + id
                + "?include=account,verifications&fields%5Binquiry%5D=status,created_at"
                + "&fields%5Bverification/selfie%5D=");

    assertThat(response.attributes().keySet()).containsExactlyInAnyOrder("status", "created-at");
    assertThat(response.data().has("relationships")).isTrue();
    for (JsonObject resource : response.included()) {
      int attributes = resource.getAsJsonObject("attributes").size();
      if (resource.get("type").getAsString().equals("verification/selfie")) {
        assertThat(attributes).isZero();
      } else {
        assertThat(attributes).isPositive();
      }
    }
  }

  @Test
  void include_addsOnlyTheRequestedResources() throws IOException {
    String path =
        "/inquiries/" + inquiries("&filter%5Bstatus%5D=approved").get(0).get("id").getAsString();

    assertThat(client.get(path).json().has("included")).isFalse();
    assertThat(client.get(path + "?include=").included()).isEmpty();
    assertThat(
            client
                .get(
                    path
                        + "?include=account,template,inquiry-template.latest-published-version,"
                        + "inquiry-template-version,reviewer,sessions,verifications,reports")
                .included())
        .extracting(resource -> resource.get("type").getAsString())
        .containsExactlyInAnyOrder(
            "account",
            "inquiry-template",
            "inquiry-template-version",
            "user",
            "inquiry-session",
            "verification/government-id",
            "verification/selfie");
    assertThat(client.get(path + "?include=nonsense").status()).isEqualTo(400);
  }

  @Test
  void keyInflection_changesKeysButNotValuesOrFields() throws IOException {
    String id = inquiries("&filter%5Bstatus%5D=needs_review").get(0).get("id").getAsString();

    JsonObject camel = client.get("/inquiries/" + id, "Key-Inflection", "camel").data();
    JsonObject snake = client.get("/inquiries/" + id, "Key-Inflection", "snake").data();

    assertThat(camel.getAsJsonObject("attributes").keySet())
        .contains("markedForReviewAt", "createdAt");
    assertThat(snake.getAsJsonObject("attributes").keySet())
        .contains("marked_for_review_at", "created_at");
    assertThat(camel.getAsJsonObject("relationships").keySet()).contains("inquiryTemplateVersion");
    for (JsonObject inquiry : List.of(camel, snake)) {
      assertThat(attribute(inquiry, "status")).isEqualTo("needs_review");
      assertThat(inquiry.getAsJsonObject("attributes").getAsJsonObject("fields").keySet())
          .contains("name-first", "address-street-1");
    }
    assertThat(client.get("/inquiries/" + id, "Key-Inflection", "pascal").status()).isEqualTo(400);
  }

  @Test
  void personaVersion_mustBeKnown() throws IOException {
    assertThat(client.get("/events", "Persona-Version", "2025-12-08").status()).isEqualTo(200);
    assertThat(client.get("/events", "Persona-Version", "2019-01-01").status()).isEqualTo(400);
  }

  @Test
  void missingOrWrongKey_returns401WithATitleOnly() throws IOException {
    for (String authorization :
        List.of("Bearer persona_sandbox_other", "Basic " + persona.apiKey(), "Bearer")) {
      TestResponse response = client.get("/events", "Authorization", authorization);
      assertThat(response.status()).isEqualTo(401);
      assertThat(response.error().keySet()).containsExactly("title");
      assertThat(response.header("Request-Id")).isNotNull();
    }
    TestResponse lowerCase = client.get("/events", "authorization", "bearer " + persona.apiKey());
    assertThat(lowerCase.status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/events/evt_none", "/inquiries/inq_none", "/events/", "/nothing", "/events/a/b"})
  void unknownPath_returns404WithATitleOnly(String path) throws IOException {
    TestResponse response = client.get(path);

    assertThat(response.status()).isEqualTo(404);
    assertThat(response.error().keySet()).containsExactly("title");
  }

  @Test
  void everyResponse_hasTheHeadersOfTheApi() throws IOException {
    TestResponse one = client.get("/events");
    TestResponse other = client.get("/nothing");

    for (TestResponse response : List.of(one, other)) {
      assertThat(response.header("Content-Type")).startsWith("application/json");
      assertThat(response.header("Persona-Environment-Id")).startsWith("env_");
      assertThat(response.header("RateLimit-Limit")).isEqualTo("300");
      assertThat(response.header("RateLimit-Remaining")).isEqualTo("300");
      assertThat(response.header("RateLimit-Reset")).isEqualTo("60");
    }
    assertThat(one.header("Request-Id")).isNotEqualTo(other.header("Request-Id"));
  }
}
