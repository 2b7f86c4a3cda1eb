package io.github.persona4j.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.gson.Gson;
import com.google.gson.JsonParser;
import io.github.persona4j.PersonaClient;
import io.github.persona4j.model.Inquiry;
import io.github.persona4j.model.InquiryAttributes;
import io.github.persona4j.model.InquiryStatus;
import io.github.persona4j.model.Verification;
import io.github.persona4j.testing.FakePersona;
import io.github.persona4j.testing.models.Models;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Models in the JSON and in the tests of an application, as docs/guides/json.md and testing.md
 * show.
 */
class ModelJsonTest {
  // region json-with-gson-and-jackson
  record Decision(String id, Inquiry inquiry, List<Verification> verifications) {}

  // endregion

  @Test
  void gsonAndJackson_writeTheJsonOfTheApi() throws JsonProcessingException {
    try (FakePersona fake = FakePersona.start();
        PersonaClient persona =
            PersonaClient.builder().apiKey(fake.apiKey()).baseUrl(fake.baseUrl()).build()) {
      Inquiry inquiry = persona.inquiries().listAll().iterator().next();

      // region json-with-gson-and-jackson-2
      Decision decision = new Decision("d-1", inquiry, List.of());
      String written = new Gson().toJson(decision);
      String byJackson = new ObjectMapper().writeValueAsString(decision);
      // endregion

      String byJackson3 = new tools.jackson.databind.ObjectMapper().writeValueAsString(decision);
      String expected =
          "{\"id\":\"d-1\",\"inquiry\":" + inquiry.toJson() + ",\"verifications\":[]}";
      assertThat(byJackson).isEqualTo(expected);
      assertThat(byJackson3).isEqualTo(expected);
      assertThat(JsonParser.parseString(written)).isEqualTo(JsonParser.parseString(expected));
      assertThat(new Gson().fromJson(written, Decision.class)).isEqualTo(decision);
    }
  }

  @Test
  void jacksonWithTheModule_readsModels() throws JsonProcessingException {
    Decision expected = new Decision("d-1", inquiry(InquiryStatus.of("new")), List.of());
    String json = new ObjectMapper().writeValueAsString(expected);

    // region reading-with-jackson
    ObjectMapper mapper = JsonMapper.builder().findAndAddModules().build();
    Decision decision = mapper.readValue(json, Decision.class);
    // endregion

    assertThat(decision).isEqualTo(expected);
    assertThat(
            tools.jackson.databind.json.JsonMapper.builder()
                .findAndAddModules()
                .build()
                .readValue(json, Decision.class))
        .isEqualTo(expected);
  }

  private static String shown = "";

  private static void show(String text) {
    shown = text;
  }

  private static Inquiry inquiry(InquiryStatus status) {
    return Inquiry.builder()
        .id("inq_1")
        .attributes(InquiryAttributes.builder().status(status).build())
        .build();
  }

  private static void compare(Inquiry inquiry, Inquiry expected) {
    // region readable-models
    assertThat(inquiry).isEqualTo(expected);
    show(Models.describe(inquiry)); // attributes.status: "created"
    // endregion
  }

  @Test
  void assertion_showsTheAttributeThatDiffers() {
    Inquiry created = inquiry(InquiryStatus.CREATED);
    Inquiry approved = inquiry(InquiryStatus.APPROVED);

    compare(created, created);
    assertThat(shown).contains("attributes.status: \"created\"");
    assertThatThrownBy(() -> compare(created, approved))
        .hasMessageContaining("attributes.status: \"created\"")
        .hasMessageContaining("attributes.status: \"approved\"");
  }
}
