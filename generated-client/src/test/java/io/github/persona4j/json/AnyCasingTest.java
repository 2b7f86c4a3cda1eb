package io.github.persona4j.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.persona4j.json.MalformedJsonException.Reason;
import io.github.persona4j.json.Shape.Sample;
import io.github.persona4j.model.AccountAttributes;
import io.github.persona4j.model.ErrorDocument;
import io.github.persona4j.model.Event;
import io.github.persona4j.model.EventAttributes;
import io.github.persona4j.model.EventResponse;
import io.github.persona4j.model.Inquiry;
import io.github.persona4j.model.InquiryAttributes;
import io.github.persona4j.model.VerificationCheck;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Documents in camel and snake casing, as webhooks send them, are read as those in kebab casing.
 */
class AnyCasingTest {
  @ParameterizedTest
  @CsvSource({
    "created-at, createdAt, created_at",
    "is-a, isA, is_a",
    "address-street-1, addressStreet1, address_street_1",
    "age-estimated-13-plus, ageEstimated13Plus, age_estimated_13_plus",
    "match_types, matchTypes, match_types",
    "name, name, name",
    "Content-Type, Content-Type, Content-Type",
    "mimeType, mimeType, mimeType",
    "-a, -a, -a",
    "a--b, a--b, a--b"
  })
  void name_hasOneFormPerCasing(String name, String camel, String snake) {
    assertThat(Casing.KEBAB.of(name)).isEqualTo(name);
    assertThat(Casing.CAMEL.of(name)).isEqualTo(camel);
    assertThat(Casing.SNAKE.of(name)).isEqualTo(snake);
  }

  @ParameterizedTest
  @EnumSource
  void anyPropertyOfAnyModel_inAnyCasing_isReadAsInKebabCasing(Descriptions description) {
    description.models().forEach((name, type) -> type.properties().forEach(p -> check(type, p)));
  }

  private static void check(ModelType<?> type, String property) {
    if (Shape.indispensable(type).contains(property)) {
      return;
    }
    StringBuilder envelope = new StringBuilder("{");
    for (String name : Shape.indispensable(type)) {
      Shape shape = Shape.of(type).property(type, name);
      envelope.append('"').append(name).append("\":");
      envelope.append(shape.fitting().contains(Sample.LIST) ? "[]," : "{},");
    }
    for (Casing casing : Casing.values()) {
      for (Sample sample : Shape.of(type).property(type, property).fitting()) {
        String other = envelope + "\"" + casing.of(property) + "\":" + sample.json + "}";
        String kebab = envelope + "\"" + property + "\":" + sample.json + "}";

        assertThat(type.fromJsonAnyCasing(other).toJson())
            .as(type.name() + "." + casing.of(property))
            .isEqualTo(type.fromJson(type.hasOwnNames() ? other : kebab, false).toJson());
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void namesOfAnyModel_differInEachCasing(Descriptions description) {
    for (ModelType<?> type : description.models().values()) {
      for (Casing casing : Casing.values()) {
        assertThat(type.properties().stream().map(casing::of))
            .as(type.name())
            .doesNotHaveDuplicates();
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void anyExample_inAnyCasing_isReadAsInKebabCasing(Casing casing) {
    for (Examples.Example example : Examples.all()) {
      if (example.type() == ErrorDocument.TYPE) {
        continue; // also that of an example without a schema
      }
      JsonModel kebab = (JsonModel) example.type().fromJson(example.json(), true);
      JsonElement recased = recase(JsonParser.parseString(example.json()), casing);

      JsonModel read = (JsonModel) example.type().fromJsonAnyCasing(recased.toString());

      assertThat(read.toJson()).as(kebab.modelType().name()).isEqualTo(kebab.toJson());
      assertThat(read).isEqualTo(kebab);
    }
  }

  // Properties of any structure, within which names are kept as received, as within fields.
  private static final Set<String> KEPT =
      Set.of(
          "fields",
          "components",
          "context",
          "filter",
          "get-params",
          "json-schema",
          "metadata",
          "parameter-map",
          "params",
          "payload-filter",
          "post-params",
          "rows",
          "stats",
          "structured-results",
          "variable-map");

  /** Changes all names outside of properties of any structure. */
  private static JsonElement recase(JsonElement json, Casing casing) {
    if (json instanceof JsonObject object) {
      JsonObject copy = new JsonObject();
      object
          .entrySet()
          .forEach(
              entry ->
                  copy.add(
                      casing.of(entry.getKey()),
                      KEPT.contains(entry.getKey())
                          ? entry.getValue()
                          : recase(entry.getValue(), casing)));
      return copy;
    }
    if (json instanceof JsonArray array) {
      JsonArray copy = new JsonArray();
      array.forEach(item -> copy.add(recase(item, casing)));
      return copy;
    }
    return json;
  }

  @Test
  void event_inCamelCasing_hasAllValues() {
    Event event =
        EventResponse.fromJson(
                """
                {"data": {"type": "event", "id": "evt_1", "attributes": {
                   "name": "inquiry.approved", "createdAt": "2026-01-28T10:15:30.000Z",
                   "context": {"createdBy": {"userId": 1}},
                   "payload": {
                     "data": {"id": "inq_1", "type": "inquiry", "attributes": {
                        "referenceId": "some-user", "redactedAt": null,
                        "fields": {"name-first": {"type": "string", "value": "Ada"},
                                   "own_field": {"type": "integer", "value": 3},
                                   "ownField": {"type": "integer", "value": 4}},
                        "newOne": {"innerOne": 1}},
                      "relationships": {"inquiryTemplate": {"data":
                        {"type": "inquiry-template", "id": "itmpl_1"}}}},
                     "included": [{"type": "inquiry-session", "id": "iqse_1",
                                   "attributes": {"ipAddress": "192.0.2.1"}}]}}}}
                """)
            .data();
    Inquiry inquiry = event.subject(Inquiry.class).orElseThrow();
    InquiryAttributes attributes = inquiry.attributes();

    assertThat(event.attributes().createdAt()).isEqualTo("2026-01-28T10:15:30Z");
    assertThat(inquiry.id()).isEqualTo("inq_1");
    assertThat(attributes.referenceId()).isEqualTo("some-user");
    assertThat(attributes.property("redacted-at")).isEqualTo(JsonValue.NULL);
    assertThat(inquiry.inquiryTemplate().id()).isEqualTo("itmpl_1");
    assertThat(attributes.fields().getString("name-first")).isEqualTo("Ada");
    assertThat(attributes.fields().getInteger("own-field")).isEqualTo(3);
    assertThat(attributes.fields().getInteger("ownField")).isEqualTo(4);
    assertThat(attributes.additionalProperties()).containsOnlyKeys("newOne");
    assertThat(Objects.requireNonNull(attributes.property("new-one")).json())
        .isEqualTo("{\"innerOne\":1}");
    assertThat(attributes.property("newOne")).isEqualTo(attributes.property("new_one"));
    assertThat(Objects.requireNonNull(event.attributes().context()).json())
        .isEqualTo("{\"createdBy\":{\"userId\":1}}");
    assertThat(event.payload().included())
        .first()
        .hasToString("InquirySession{type=inquiry-session, id=iqse_1, set=[attributes]}");
  }

  @Test
  void camelFormOfAField_isNotTheField() {
    InquiryAttributes attributes =
        InquiryAttributes.TYPE.fromJsonAnyCasing(
            "{\"fields\":{\"nameFirst\":{\"type\":\"string\",\"value\":\"Ada\"}}}");

    assertThat(Objects.requireNonNull(attributes.fields()).nameFirst()).isNull();
    assertThat(attributes.fields().fieldNames()).containsExactly("nameFirst");
  }

  @Test
  void namesAfterFields_areInAnyCasingAgain() {
    InquiryAttributes attributes =
        InquiryAttributes.TYPE.fromJsonAnyCasing(
            "{\"fields\":{\"x\":{\"type\":\"string\",\"value\":\"Ada\"}},\"createdAt\":"
                + "\"2026-01-28T10:15:30Z\"}");

    assertThat(attributes.createdAt()).isEqualTo("2026-01-28T10:15:30Z");
  }

  @Test
  void mixedCasings_areRead() {
    EventAttributes attributes =
        EventAttributes.fromJson(
            "{\"redacted-at\":\"2026-01-28T10:15:30Z\",\"createdAt\":\"2026-01-28T10:15:31Z\"}");

    assertThat(attributes.redactedAt()).isEqualTo("2026-01-28T10:15:30Z");
    assertThat(attributes.createdAt()).isEqualTo("2026-01-28T10:15:31Z");
    assertThat(EventAttributes.fromJson("{\"created_at\":\"2026-01-28T10:15:31Z\"}").createdAt())
        .isEqualTo("2026-01-28T10:15:31Z");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"created-at\":\"2026-01-28T10:15:30Z\",\"createdAt\":1,\"created_at\":2}",
        "{\"createdAt\":1,\"created_at\":2,\"created-at\":\"2026-01-28T10:15:30Z\"}",
        "{\"created_at\":2,\"created-at\":\"2026-01-28T10:15:30Z\",\"createdAt\":1}"
      })
  void propertyInSeveralCasings_asDescribedGoesFirst(String json) {
    EventAttributes attributes = EventAttributes.fromJson(json);

    assertThat(attributes.createdAt()).isEqualTo("2026-01-28T10:15:30Z");
    assertThat(attributes.property("createdAt")).isEqualTo(JsonValue.of(1));
    assertThat(attributes.property("created_at")).isEqualTo(JsonValue.of(2));
    assertThat(Trees.of(attributes.toJson())).isEqualTo(Trees.of(json));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"created-at\":1,\"created-at\":1}",
        "{\"createdAt\":1,\"createdAt\":1}",
        "{\"created-at\":1,\"createdAt\":1,\"createdAt\":1}",
        "{\"createdAt\":1,\"created-at\":1,\"createdAt\":1}"
      })
  void nameThatComesTwice_isRefused(String json) {
    assertThatExceptionOfType(MalformedJsonException.class)
        .isThrownBy(() -> EventAttributes.fromJson(json))
        .returns(Reason.DUPLICATE_KEY, MalformedJsonException::reason);
  }

  @Test
  void tagThatIsNotFirst_doesNotChangeTheCasing() {
    EventResponse response =
        EventResponse.fromJson(
            """
            {"data": {"id": "evt_1", "type": "event", "attributes": {"payload": {"data":
               {"attributes": {"createdAt": "2026-01-28T10:15:30Z"}, "id": "inq_1",
                "type": "inquiry"}}}}}
            """);

    assertThat(response.data().subject(Inquiry.class).orElseThrow().attributes().createdAt())
        .isEqualTo("2026-01-28T10:15:30Z");
  }

  @Test
  void typeOfAnotherKind_isReadAsReceived() {
    EventResponse response =
        EventResponse.fromJson(
            """
            {"data": {"type": "event", "id": "e", "attributes": {"payload": {"data":
               {"type": "hologram", "id": "h", "attributes": {"someName": 1}}}}}}
            """);

    assertThat(Objects.requireNonNull(response.data().payload().data()))
        .isInstanceOfSatisfying(
            UnknownResource.class,
            unknown -> assertThat(unknown.toJson()).contains("\"someName\":1"));
  }

  @Test
  void unexpectedValue_isNamedAsReceived() {
    EventAttributes attributes = EventAttributes.fromJson("{\"createdAt\":1}");

    assertThatExceptionOfType(UnexpectedTypeException.class)
        .isThrownBy(attributes::createdAt)
        .withMessageContaining("createdAt");
  }

  @Test
  void valuesOfAnyStructure_areNotChanged() {
    VerificationCheck check =
        VerificationCheck.TYPE.fromJsonAnyCasing("{\"metadata\":{\"createdAt\":{\"a_b\":1}}}");

    assertThat(Objects.requireNonNull(check.metadata()).json())
        .isEqualTo("{\"createdAt\":{\"a_b\":1}}");
  }

  @Test
  void responseThatIsNoEvent_isRefused() {
    assertThatExceptionOfType(UnexpectedTypeException.class)
        .isThrownBy(() -> Event.fromJson("{\"data\":{\"type\":\"event\",\"id\":\"evt_1\"}}"));
    assertThat(Event.fromJson("{\"id\":\"evt_1\"}").id()).isEqualTo("evt_1");
  }

  @Test
  void bytes_areReadLikeAString() {
    byte[] json = "{\"createdAt\":\"2026-01-28T10:15:30Z\"}".getBytes(StandardCharsets.UTF_8);

    assertThat(AccountAttributes.TYPE.readAnyCasing(json, JsonLimits.standard()).createdAt())
        .isEqualTo("2026-01-28T10:15:30Z");
  }
}
