package io.github.persona4j.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonPrimitive;
import com.google.gson.JsonSerializer;
import com.google.gson.reflect.TypeToken;
import com.google.gson.stream.JsonReader;
import io.github.persona4j.model.Account;
import io.github.persona4j.model.Event;
import io.github.persona4j.model.EventPage;
import io.github.persona4j.model.EventResponse;
import io.github.persona4j.model.FieldDefaultValue;
import io.github.persona4j.model.Inquiry;
import io.github.persona4j.model.InquiryFields;
import io.github.persona4j.model.InquiryResponse;
import io.github.persona4j.model.InquiryStatus;
import io.github.persona4j.model.Resource;
import io.github.persona4j.model.Verification;
import io.github.persona4j.request.RequestOptions;
import io.github.persona4j.resource.Identified;
import io.github.persona4j.resource.Included;
import io.github.persona4j.resource.ToMany;
import io.github.persona4j.resource.ToOne;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.io.StringReader;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Gson and Jackson write the JSON of the API without set-up, and read it or fail loudly. */
class JsonLibrariesTest {
  private static final long SEED = 20_261_126;

  /** The libraries, as an application creates them. */
  @SuppressWarnings("ImmutableEnumChecker") // their writers are thread-safe
  enum Library {
    GSON(new Gson()::toJson, false),
    GSON_WITHOUT_HTML_ESCAPES(new GsonBuilder().disableHtmlEscaping().create()::toJson, true),
    JACKSON_2(value -> jackson2(new ObjectMapper(), value), true),
    JACKSON_3(new tools.jackson.databind.ObjectMapper()::writeValueAsString, true);

    private interface Writer {
      String write(Object value);
    }

    private final Writer writer;
    private final boolean exact;

    Library(Writer writer, boolean exact) {
      this.writer = writer;
      this.exact = exact;
    }

    String write(Object value) {
      return writer.write(value);
    }

    void check(Object value, String json) {
      String written = write(value);
      assertThat(Trees.of(written)).as(json).isEqualTo(Trees.of(json));
      if (exact) {
        assertThat(written).isEqualTo(json);
      }
    }
  }

  private static String jackson2(ObjectMapper mapper, Object value) {
    try {
      return mapper.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  record Holder(String name, Object any, List<Object> list, Map<String, Object> map) {}

  private static void checkEverywhere(Library library, Object value, String json) {
    library.check(value, json);
    library.check(List.of(value, value), "[" + json + "," + json + "]");
    library.check(Map.of("key", value), "{\"key\":" + json + "}");
    library.check(
        new Holder("x", value, List.of(value), Map.of("key", value)),
        "{\"name\":\"x\",\"any\":%s,\"list\":[%s],\"map\":{\"key\":%s}}"
            .formatted(json, json, json));
  }

  /** Adds all values of generated classes within a slot. */
  private static void addAll(@Nullable Object slot, List<Object> to) {
    if (slot instanceof JsonModel model) {
      to.add(model);
      Arrays.asList(model.slots().values).forEach(each -> addAll(each, to));
    } else if (slot instanceof JsonList<?> list) {
      Arrays.asList(list.slots()).forEach(each -> addAll(each, to));
    } else if (slot instanceof JsonMap<?> map) {
      map.slots().values().forEach(each -> addAll(each, to));
    } else if (slot instanceof OpenValue || slot instanceof RawJson || slot instanceof JsonValue) {
      to.add(slot);
    }
  }

  private static String ours(Object value) {
    return value instanceof JsonWritable object ? object.toJson() : JsonValue.written(value).json();
  }

  @ParameterizedTest
  @EnumSource
  void everyModelOfTheExamples_isWrittenAsByTheApi(Library library) {
    Set<String> classes = new TreeSet<>();
    for (Examples.Example example : Examples.all()) {
      Object body = example.type().fromJson(example.json(), false);
      assertThat(Trees.of(library.write(body))).isEqualTo(Trees.of(example.json()));
      List<Object> values = new ArrayList<>();
      addAll(body, values);
      for (Object value : values) {
        classes.add(value.getClass().getName());
        checkEverywhere(library, value, ours(value));
      }
    }
    assertThat(classes).hasSizeGreaterThan(300);
  }

  @ParameterizedTest
  @EnumSource
  void anyJson_isWrittenAsRead(Library library) {
    for (Descriptions description : Descriptions.values()) {
      RandomJson random = new RandomJson(SEED, description.tags());
      description
          .all()
          .forEach(
              (name, type) -> {
                Shape shape = Shape.of(type);
                for (int i = 0; i < Fuzz.times(3); i++) {
                  String json = random.described(shape);
                  Object value = type.fromJson(json, false);
                  try {
                    checkRandom(library, value, json);
                  } catch (RuntimeException | AssertionError e) {
                    fail("seed %d, %s no. %d: %s%n%s", SEED, name, i, json, e);
                  }
                }
              });
    }
  }

  private static void checkRandom(Library library, Object value, String json) {
    assertThat(Trees.of(library.write(value))).isEqualTo(Trees.of(json));
    String written = library.write(Map.of("key", value));
    assertThat(Trees.of(written)).isEqualTo(Trees.of("{\"key\":" + json + "}"));
    if (library.name().startsWith("JACKSON") && value instanceof JsonWritable object) {
      assertThat(written).isEqualTo("{\"key\":" + object.toJson() + "}");
    }
  }

  private static final String INQUIRY =
      """
      {"type":"inquiry","id":"inq_1","attributes":{"status":"new & odd","note":null,
      "reference-id":"<user>","fields":{"name-first":{"type":"string","value":"Ada"},
      "level":{"type":"number","value":1.50},"plain":7,"gone":null},"some-new":[1e400,null]},
      "relationships":{"account":{"data":{"type":"account","id":"act_1"},"links":{"related":"/a"}},
      "verifications":{"data":[{"type":"verification/selfie","id":"ver_1"}]},
      "template":{"data":null}}}\
      """;

  private final Inquiry inquiry = Inquiry.fromJson(INQUIRY);

  /** Components of the types of the client, as an application declares them. */
  record Declared(
      Inquiry model,
      Resource union,
      Identified identified,
      JsonObject object,
      JsonWritable writable,
      JsonModel base,
      InquiryStatus open,
      JsonValue value,
      JsonValue nothing,
      FieldValue field,
      FieldValues fields) {}

  @ParameterizedTest
  @EnumSource
  void declaredTypes_areWrittenByTheirValue(Library library) {
    InquiryFields fields = Objects.requireNonNull(inquiry.attributes().fields());
    JsonValue unknown = Objects.requireNonNull(inquiry.attributes().property("some-new"));
    Declared declared =
        new Declared(
            inquiry,
            inquiry,
            inquiry,
            inquiry,
            inquiry,
            inquiry,
            InquiryStatus.of("new & odd"),
            unknown,
            JsonValue.NULL,
            Objects.requireNonNull(fields.field("level")),
            fields);
    String json = inquiry.toJson();

    library.check(
        declared,
        "{\"model\":%s,\"union\":%s,\"identified\":%s,\"object\":%s,\"writable\":%s,\"base\":%s,"
                .formatted(json, json, json, json, json, json)
            + "\"open\":\"new & odd\",\"value\":[1e400,null],\"nothing\":null,"
            + "\"field\":{\"type\":\"number\",\"value\":1.50},\"fields\":"
            + fields.toJson()
            + "}");
  }

  @ParameterizedTest
  @EnumSource
  void fields_areWrittenAsTheApiDoes(Library library) {
    InquiryFields fields = Objects.requireNonNull(inquiry.attributes().fields());

    checkEverywhere(library, Objects.requireNonNull(fields.field("plain")), "7");
    String hash = "{\"a\":{\"type\":\"number\",\"value\":1.0},\"b\":null,\"value\":[1e400]}";
    FieldValues nested =
        FieldValue.of("$", JsonValue.ofJson("{\"type\":\"hash\",\"value\":" + hash + "}")).asHash();
    checkEverywhere(library, Objects.requireNonNull(nested), hash);
    for (String json :
        List.of(
            "{\"value\":3}",
            "{\"type\":5,\"value\":null}",
            "{\"type\":\"a\",\"value\":1,\"x\":2}")) {
      checkEverywhere(library, FieldValue.of("$", JsonValue.ofJson(json)), json);
    }
  }

  @ParameterizedTest
  @EnumSource
  void relationships_areWrittenAsTheApiDoes(Library library) {
    ToOne<Account> account = inquiry.account();
    ToMany<Verification> verifications = inquiry.verifications();

    checkEverywhere(
        library,
        account,
        "{\"data\":{\"type\":\"account\",\"id\":\"act_1\"},\"links\":{\"related\":\"/a\"}}");
    checkEverywhere(
        library, verifications, "{\"data\":[{\"type\":\"verification/selfie\",\"id\":\"ver_1\"}]}");
    checkEverywhere(
        library,
        verifications.targets().get(0),
        "{\"data\":{\"type\":\"verification/selfie\",\"id\":\"ver_1\"}}");
    checkEverywhere(library, inquiry.template(), "{\"data\":null}");
    checkEverywhere(library, inquiry.documents(), "{}");
    checkEverywhere(library, Inquiry.fromJson("{}").account(), "{}");
    Inquiry nulls =
        Inquiry.fromJson("{\"relationships\":{\"account\":null,\"verifications\":null}}");
    checkEverywhere(library, nulls.account(), "{\"data\":null}");
    checkEverywhere(library, nulls.verifications(), "{\"data\":[]}");
  }

  @ParameterizedTest
  @EnumSource
  void included_isWrittenAsAList(Library library) {
    String resources =
        "[{\"type\":\"account\",\"id\":\"act_1\"},{\"type\":\"new\",\"id\":\"1\",\"x\":null}]";
    InquiryResponse response =
        InquiryResponse.fromJson("{\"data\":{},\"included\":" + resources + "}");

    checkEverywhere(library, Included.of(response.included()), resources);
    checkEverywhere(library, Included.of(null), "[]");
  }

  @ParameterizedTest
  @EnumSource
  void listsAndMapsOfModels_areWrittenAsTheApiDoes(Library library) {
    library.check(inquiry.attributes().additionalProperties(), "{\"some-new\":[1e400,null]}");
    JsonValue nested = JsonValue.ofJson("{\"a\":null,\"b\":[null,1.0]}");
    library.check(nested.asMap(), nested.json());
    library.check(Objects.requireNonNull(nested.asMap().get("b")).asList(), "[null,1.0]");
  }

  @ParameterizedTest
  @EnumSource
  void openValue_isTheKeyOfAMap(Library library) {
    library.check(Map.of(InquiryStatus.APPROVED, 1), "{\"approved\":1}");
  }

  // ---- what only Gson does ----

  private final Gson gson = new Gson();

  @Test
  void gsonTree_hasAllProperties() {
    JsonElement tree = gson.toJsonTree(new Holder("x", inquiry, List.of(inquiry), Map.of()));

    JsonElement written = tree.getAsJsonObject().get("any");
    assertThat(Trees.of(new GsonBuilder().serializeNulls().create().toJson(written)))
        .isEqualTo(Trees.of(INQUIRY));
    JsonElement level =
        written
            .getAsJsonObject()
            .getAsJsonObject("attributes")
            .getAsJsonObject("fields")
            .getAsJsonObject("level")
            .get("value");
    assertThat(level.getAsString()).isEqualTo("1.50");
    assertThat(level.getAsDouble()).isEqualTo(1.5);
    assertThat(level.getAsFloat()).isEqualTo(1.5f);
    assertThat(level.getAsInt()).isEqualTo(1);
    assertThat(level.getAsLong()).isEqualTo(1);
    assertThat(level.getAsBigDecimal()).isEqualTo(new BigDecimal("1.50"));
    assertThat(gson.fromJson(written, Inquiry.class)).isEqualTo(inquiry);
    JsonElement number = gson.toJsonTree(JsonValue.ofJson("1.50"));
    assertThat(number).isEqualTo(level).hasSameHashCodeAs(level);
    assertThat(number.getAsNumber()).isEqualTo(level.getAsNumber());
    assertThat(number.getAsNumber()).hasSameHashCodeAs(level.getAsNumber());
    assertThat(number.getAsNumber()).isNotEqualTo(gson.toJsonTree(JsonValue.of(1)).getAsNumber());
  }

  @Test
  void gsonSettings_ofTheOutputApply() {
    assertThat(gson.toJson(JsonValue.ofJson("[\"</script>\"]")))
        .isEqualTo("[\"\\u003c/script\\u003e\"]");
    assertThat(
            new GsonBuilder()
                .setPrettyPrinting()
                .create()
                .toJson(JsonValue.ofJson("{\"a\":null,\"b\":1}")))
        .isEqualTo("{\n  \"a\": null,\n  \"b\": 1\n}");
  }

  @Test
  void gson_dropsOwnNullsAsBefore() {
    Map<String, @Nullable Object> own = new LinkedHashMap<>();
    own.put("model", Account.fromJson("{\"id\":null}"));
    own.put("null", null);

    assertThat(gson.toJson(own)).isEqualTo("{\"model\":{\"id\":null}}");
    StringWriter written = new StringWriter();
    gson.toJson(JsonValue.NULL, written);
    assertThat(written).hasToString("null");
  }

  @ParameterizedTest
  @EnumSource
  void gson_readsWhatItWrites(Descriptions description) {
    RandomJson random = new RandomJson(SEED, description.tags());
    description
        .all()
        .forEach(
            (name, type) -> {
              Shape shape = Shape.of(type);
              String json = random.described(shape);
              Object value = type.fromJson(json, false);
              if (value instanceof JsonWritable || value instanceof OpenValue) {
                assertThat((Object) gson.fromJson(gson.toJson(value), value.getClass()))
                    .as("%s %s", name, json)
                    .isEqualTo(value);
              }
            });
  }

  @Test
  void gson_readsDeclaredTypes() {
    assertThat(gson.fromJson(INQUIRY, Resource.class)).isEqualTo(inquiry);
    assertThat(
            gson.<List<Resource>>fromJson(
                "[" + INQUIRY + "]", new TypeToken<List<Resource>>() {}.getType()))
        .isEqualTo(List.of(inquiry));
    assertThat(gson.fromJson("{\"type\":\"x\"}", Resource.Unknown.class).type()).isEqualTo("x");
    assertThat(gson.fromJson("{\"a\":[1.0,null]}", JsonValue.class))
        .isEqualTo(JsonValue.ofJson("{\"a\":[1.0,null]}"));
    assertThat(gson.fromJson("null", JsonValue.class)).isEqualTo(JsonValue.NULL);
    assertThat(gson.fromJson("null", Inquiry.class)).isNull();
    FieldValue field = gson.fromJson("{\"type\":\"number\",\"value\":1.50}", FieldValue.class);
    assertThat(field.asNumber()).isEqualTo(new BigDecimal("1.50"));
    assertThat(gson.fromJson("{\"a\":7}", FieldValues.class).getInteger("a")).isEqualTo(7);
    assertThat(gson.fromJson("\"odd\"", InquiryStatus.class)).isEqualTo(InquiryStatus.of("odd"));
  }

  @Test
  void gson_refusesToReadWhatIsNoModel() {
    for (Class<?> type :
        List.of(ToOne.class, ToMany.class, Included.class, JsonModel.class, OpenValue.class)) {
      assertThatThrownBy(() -> gson.fromJson("{\"a\":\"secret\"}", type))
          .as(type.getName())
          .isInstanceOf(JsonParseException.class)
          .hasMessage(
              type.getName()
                  + " cannot be read from JSON: name the class of a model or of a union");
    }
    assertThatThrownBy(() -> gson.fromJson(INQUIRY, Resource.Unknown.class))
        .isInstanceOf(JsonParseException.class)
        .hasMessage("The JSON is not that of a io.github.persona4j.model.Resource$Unknown");
    assertThatThrownBy(() -> gson.fromJson("[1]", FieldValues.class))
        .isInstanceOf(UnexpectedTypeException.class);
    assertThatThrownBy(() -> gson.fromJson("[1]", Inquiry.class))
        .isInstanceOf(UnexpectedTypeException.class);
  }

  // ---- what Jackson and Java do not do ----

  @ParameterizedTest
  @ValueSource(
      classes = {
        Inquiry.class,
        Event.class,
        Resource.class,
        Resource.Unknown.class,
        Verification.class,
        FieldDefaultValue.class,
        JsonValue.class,
        FieldValue.class,
        FieldValues.class,
        ToOne.class,
        ToMany.class
      })
  void jackson_refusesToReadModels(Class<?> type) {
    for (String json : List.of("{}", INQUIRY, "\"secret\"", "[]", "7")) {
      assertThatThrownBy(() -> new ObjectMapper().readValue(json, type))
          .isInstanceOf(com.fasterxml.jackson.databind.DatabindException.class);
      assertThatThrownBy(() -> new tools.jackson.databind.ObjectMapper().readValue(json, type))
          .isInstanceOf(tools.jackson.databind.DatabindException.class);
    }
  }

  @Test
  void jackson_refusesToReadOpenValues() {
    assertThatThrownBy(() -> new ObjectMapper().readValue("\"x\"", InquiryStatus.class))
        .isInstanceOf(com.fasterxml.jackson.databind.DatabindException.class);
    assertThatThrownBy(
            () -> new tools.jackson.databind.ObjectMapper().readValue("\"x\"", InquiryStatus.class))
        .isInstanceOf(tools.jackson.databind.DatabindException.class);
  }

  @Test
  void jacksonTree_isThatOfTheJson() throws JsonProcessingException {
    ObjectMapper mapper = new ObjectMapper();
    // The annotations write JSON, which a tree holds as one value; docs/guides/json.md has this.
    assertThat(mapper.<com.fasterxml.jackson.databind.JsonNode>valueToTree(inquiry))
        .isInstanceOf(com.fasterxml.jackson.databind.node.POJONode.class);
    assertThat(mapper.readTree(inquiry.toJson()).at("/attributes/fields/plain").asInt())
        .isEqualTo(7);
  }

  @Test
  void javaSerialization_isRefusedWithTheNameOfTheClass() {
    List<Object> values =
        List.of(
            inquiry,
            InquiryStatus.APPROVED,
            JsonValue.of(1),
            inquiry.account(),
            inquiry.verifications(),
            Resource.Unknown.class.cast(gson.fromJson("{}", Resource.Unknown.class)));
    for (Object value : values) {
      for (Object written : List.of(value, new ArrayList<>(List.of(value)))) {
        assertThatThrownBy(() -> serialize(written))
            .isInstanceOf(NotSerializableException.class)
            .hasMessage(value.getClass().getName());
      }
    }
  }

  private static void serialize(Object value) throws IOException {
    try (ObjectOutputStream out = new ObjectOutputStream(new ByteArrayOutputStream())) {
      out.writeObject(value);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"[%s]", "{\"a\":%s}", "{\"a\":{\"b\":[0,%s]}}"})
  void longNumberReadByGson_isANumberOrRefused_neverAString(String json) {
    for (int digits : new int[] {1, 100, 1_000, 1_023, 1_024, 1_100, 9_000}) {
      String text = json.formatted("7".repeat(digits));
      JsonValue read;
      try {
        read = new Gson().fromJson(text, JsonValue.class);
      } catch (JsonParseException e) {
        assertThat(digits).as("%s", e).isGreaterThan(1_000);
        continue;
      }
      assertThat(read.json()).isEqualTo(text);
    }
  }

  @Test
  @SuppressWarnings("deprecation") // Gson 2.8.9 has no other way
  void lenientReader_isLenientAfterAModel() throws IOException {
    JsonReader reader = new JsonReader(new StringReader("[{\"a\":1}, unquoted]"));
    reader.setLenient(true);
    reader.beginArray();
    assertThat(new Gson().<JsonValue>fromJson(reader, JsonValue.class))
        .isEqualTo(JsonValue.ofJson("{\"a\":1}"));
    assertThat(reader.nextString()).isEqualTo("unquoted");
  }

  @Test
  void optionsWrittenByGson_haveNoKey() {
    Gson gson =
        new GsonBuilder()
            .registerTypeAdapter(
                Duration.class,
                (JsonSerializer<Duration>) (time, type, context) -> new JsonPrimitive("" + time))
            .create();
    RequestOptions options = RequestOptions.builder().apiKey("s3cret").maxRetries(3).build();
    assertThat(gson.toJson(options)).contains("maxRetries").doesNotContain("s3cret");
  }

  @ParameterizedTest
  @ValueSource(strings = {"created-at", "createdAt", "created_at"})
  void eventInAnyCasing_isReadByGsonAndFromJson(String name) {
    String event =
        "{\"type\":\"event\",\"id\":\"evt_1\",\"attributes\":{\"%s\":\"2026-01-28T10:15:30.000Z\"}}"
            .formatted(name);
    Gson gson = new Gson();
    List<Event> events =
        List.of(
            Event.fromJson(event),
            EventResponse.fromJson("{\"data\":" + event + "}").data(),
            EventPage.fromJson("{\"data\":[" + event + "]}").data().get(0),
            gson.fromJson(event, Event.class),
            gson.fromJson("{\"data\":" + event + "}", EventResponse.class).data(),
            gson.fromJson("{\"data\":[" + event + "]}", EventPage.class).data().get(0));
    assertThat(events).allSatisfy(e -> assertThat(e.attributes().createdAt()).isNotNull());
  }
}
