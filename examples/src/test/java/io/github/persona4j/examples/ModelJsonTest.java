package io.github.persona4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.gson.Gson;
import com.google.gson.JsonParser;
import io.github.persona4j.PersonaClient;
import io.github.persona4j.model.Inquiry;
import io.github.persona4j.model.Verification;
import io.github.persona4j.testing.FakePersona;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Models in the JSON of an application, as docs/guides/json.md shows. */
class ModelJsonTest {
  record Decision(String id, Inquiry inquiry, List<Verification> verifications) {}

  @Test
  void gsonAndJackson_writeTheJsonOfTheApi() throws JsonProcessingException {
    try (FakePersona fake = FakePersona.start();
        PersonaClient client =
            PersonaClient.builder().apiKey(fake.apiKey()).baseUrl(fake.baseUrl()).build()) {
      Inquiry inquiry = client.inquiries().listAll().iterator().next();

      Decision decision = new Decision("d-1", inquiry, List.of());
      String written = new Gson().toJson(decision);
      String byJackson = new ObjectMapper().writeValueAsString(decision);

      String byJackson3 = new tools.jackson.databind.ObjectMapper().writeValueAsString(decision);
      String expected =
          "{\"id\":\"d-1\",\"inquiry\":" + inquiry.toJson() + ",\"verifications\":[]}";
      assertThat(byJackson).isEqualTo(expected);
      assertThat(byJackson3).isEqualTo(expected);
      assertThat(JsonParser.parseString(written)).isEqualTo(JsonParser.parseString(expected));
      assertThat(new Gson().fromJson(written, Decision.class)).isEqualTo(decision);
    }
  }
}
