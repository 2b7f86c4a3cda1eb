package io.github.persona4j.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.persona4j.model.CaseAttributes;
import io.github.persona4j.model.CreateAccountAttributes;
import io.github.persona4j.model.CreateCaseAttributes;
import io.github.persona4j.model.CreateInquiryAttributes;
import io.github.persona4j.model.CreateTransactionAttributes;
import io.github.persona4j.model.CustomFieldValues;
import io.github.persona4j.model.CustomFields;
import io.github.persona4j.model.InquiryFieldValues;
import io.github.persona4j.model.InquiryFields;
import io.github.persona4j.model.TextField;
import io.github.persona4j.model.TransactionAttributes;
import io.github.persona4j.model.UpdateAccountAttributes;
import io.github.persona4j.model.UpdateCaseAttributes;
import io.github.persona4j.model.UpdateInquiryAttributes;
import io.github.persona4j.model.UpdateTransactionAttributes;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Fields that an organization defines: written with requests, read from responses. */
class FieldsTest {
  private static final LocalDate DATE = LocalDate.of(1985, 12, 10);
  private static final OffsetDateTime TIME = OffsetDateTime.parse("2026-01-14T09:31:07.250Z");

  private enum Tier {
    GOLD
  }

  @Test
  void everyType_isReadAsItWasWritten() {
    CustomFieldValues fields =
        CustomFieldValues.builder()
            .set("string", "text \"quoted\" \\ ü")
            .set("int", 3)
            .set("long", Long.MAX_VALUE)
            .set("short", (short) 4)
            .set("byte", (byte) 5)
            .set("double", 0.1)
            .set("float", 0.25f)
            .set("decimal", new BigDecimal("12345678901234567890.125"))
            .set("integer", BigInteger.TEN.pow(30))
            .set("boolean", true)
            .set("date", DATE)
            .set("time", TIME)
            .set("choice", Tier.GOLD)
            .set("list", List.of("a", "b"))
            .set("set", Set.of("only"))
            .set("mixed", Arrays.asList("a", 1, null, DATE, Optional.of("b"), Optional.empty()))
            .set("hash", Map.of("street", "Example Street 1"))
            .set("model", CustomFieldValues.builder().set("floor", 7).build())
            .set("json", JsonValue.of(List.of(JsonValue.of(1))))
            .build();

    assertThat(fields.getString("string")).isEqualTo("text \"quoted\" \\ ü");
    assertThat(fields.getInteger("int")).isEqualTo(3);
    assertThat(fields.getLong("long")).isEqualTo(Long.MAX_VALUE);
    assertThat(fields.getInteger("short")).isEqualTo(4);
    assertThat(fields.getInteger("byte")).isEqualTo(5);
    assertThat(fields.getNumber("double")).isEqualTo("0.1");
    assertThat(fields.getNumber("float")).isEqualTo("0.25");
    assertThat(fields.getNumber("decimal")).isEqualTo("12345678901234567890.125");
    assertThat(fields.getNumber("integer")).isEqualTo("1000000000000000000000000000000");
    assertThat(fields.getBoolean("boolean")).isTrue();
    assertThat(fields.getDate("date")).isEqualTo(DATE);
    assertThat(fields.getDateTime("time")).isEqualTo(TIME);
    assertThat(fields.getString("choice")).isEqualTo("GOLD");
    assertThat(fields.getStrings("list")).containsExactly("a", "b");
    assertThat(fields.getStrings("set")).containsExactly("only");
    assertThat(fields.property("mixed"))
        .isEqualTo(JsonValue.ofJson("[\"a\",1,null,\"1985-12-10\",\"b\",null]"));
    assertThat(Objects.requireNonNull(fields.getHash("hash")).getString("street"))
        .isEqualTo("Example Street 1");
    assertThat(Objects.requireNonNull(fields.getHash("model")).getInteger("floor")).isEqualTo(7);
    assertThat(fields.property("json")).isEqualTo(JsonValue.ofJson("[1]"));
    assertThat(CustomFieldValues.fromJson(fields.toJson())).isEqualTo(fields);
  }

  @Test
  void fieldsOfEveryRequest_takeOwnKeys() {
    InquiryFieldValues inquiry =
        InquiryFieldValues.builder().nameFirst("Ada").birthdate(DATE).set("level", 3).build();
    CustomFieldValues custom = CustomFieldValues.builder().set("level", 3).build();
    String plain = "{\"fields\":{\"level\":3}}";
    String named = "{\"fields\":{\"name-first\":\"Ada\",\"birthdate\":\"1985-12-10\",\"level\":3}}";

    assertThat(CreateInquiryAttributes.builder().fields(inquiry).build().toJson()).isEqualTo(named);
    assertThat(UpdateInquiryAttributes.builder().fields(inquiry).build().toJson()).isEqualTo(named);
    for (JsonModel attributes :
        List.of(
            CreateAccountAttributes.builder().fields(custom).build(),
            UpdateAccountAttributes.builder().fields(custom).build(),
            UpdateCaseAttributes.builder().fields(custom).build(),
            CreateTransactionAttributes.builder().fields(custom).build(),
            UpdateTransactionAttributes.builder().fields(custom).build())) {
      assertThat(attributes.toJson()).isEqualTo(plain);
    }
    assertThat(
            CreateCaseAttributes.builder()
                .caseTemplateId("ctmpl_1")
                .fields(custom)
                .build()
                .fields())
        .isEqualTo(custom);
  }

  @Test
  void fieldsOfEveryResponse_areReadByKey() {
    String json =
        "{\"fields\":{\"loyalty-level\":{\"type\":\"integer\",\"value\":3},"
            + "\"sources\":{\"type\":\"multi_choices\",\"value\":[\"web\",\"app\"]}}}";

    for (FieldValues fields :
        List.of(
            Objects.requireNonNull(CaseAttributes.fromJson(json).fields()),
            Objects.requireNonNull(TransactionAttributes.fromJson(json).fields()),
            InquiryFields.fromJson(json.substring(10, json.length() - 1)))) {
      assertThat(fields.getInteger("loyalty-level")).isEqualTo(3);
      assertThat(fields.getInteger("loyalty_level")).isEqualTo(3);
      assertThat(fields.getStrings("sources")).containsExactly("web", "app");
      assertThat(fields.fieldNames()).containsExactly("loyalty-level", "sources");
    }
  }

  @Test
  void setter_withNull_unsetsTheKey() {
    CustomFieldValues.Builder set = CustomFieldValues.builder();
    set.set("a", "x").set("a", (String) null);
    set.set("b", 1).set("b", (Integer) null);
    set.set("c", true).set("c", (Boolean) null);
    set.set("d", DATE).set("d", (LocalDate) null);
    set.set("e", TIME).set("e", (OffsetDateTime) null);
    set.set("f", Tier.GOLD).set("f", (Tier) null);
    set.set("g", List.of()).set("g", (List<String>) null);
    set.set("h", Map.of()).set("h", (Map<String, String>) null);
    set.set("i", new Nested("x")).set("i", (Nested) null);
    set.set("j", set.build()).set("j", (CustomFieldValues) null);
    set.set("k", JsonValue.of(1)).set("k", (JsonValue) null);

    assertThat(set.build().toJson()).isEqualTo("{}");
    assertThat(set.build()).isEqualTo(CustomFieldValues.builder().build());
    CustomFieldValues kept = CustomFieldValues.builder().set("a", 1).set("b", 2).build();
    assertThat(kept.toBuilder().set("a", (String) null).build().toJson()).isEqualTo("{\"b\":2}");
  }

  private record Nested(String street) {}

  @Test
  void clear_sendsNull_andTheLastCallWins() {
    CustomFieldValues cleared = CustomFieldValues.builder().set("a", 1).clear("a").build();

    assertThat(cleared.toJson()).isEqualTo("{\"a\":null}");
    assertThat(cleared.field("a")).isNull();
    assertThat(cleared.toBuilder().build()).isEqualTo(cleared);
    assertThat(cleared.toBuilder().set("a", 2).build().toJson()).isEqualTo("{\"a\":2}");
    assertThat(InquiryFieldValues.builder().nameFirst("A").clear("name-first").build().toJson())
        .isEqualTo("{\"name-first\":null}");
    assertThat(InquiryFieldValues.builder().clear("birthdate").birthdate(DATE).build().toJson())
        .isEqualTo("{\"birthdate\":\"1985-12-10\"}");
  }

  @Test
  void describedKey_setByName_isTheSameAsItsSetter() {
    InquiryFieldValues byName =
        InquiryFieldValues.builder().set("name-first", "Ada").set("birthdate", DATE).build();

    assertThat(byName)
        .isEqualTo(InquiryFieldValues.builder().nameFirst("Ada").birthdate(DATE).build());
    assertThat(byName.birthdate()).isEqualTo(DATE);
    assertThat(byName.getDate("birthdate")).isEqualTo(DATE);
    InquiryFieldValues other = InquiryFieldValues.builder().set("birthdate", 7).build();
    assertThat(other.toJson()).isEqualTo("{\"birthdate\":7}");
    assertThatThrownBy(other::birthdate).isInstanceOf(UnexpectedTypeException.class);
    assertThat(byName.toBuilder().set("name-first", (String) null).build().toJson())
        .isEqualTo("{\"birthdate\":\"1985-12-10\"}");
  }

  @ParameterizedTest
  @CsvSource({
    "loyalty-level,loyalty_level",
    "loyalty_level,loyalty-level",
    "name-first,name_first",
    "name_first,name-first"
  })
  void key_isWrittenAsGiven_andFoundInBothSpellings(String given, String other) {
    InquiryFieldValues fields = InquiryFieldValues.builder().set(given, "x").build();
    CustomFieldValues hash =
        CustomFieldValues.builder().set("h", Map.of(given, "x")).set(given, "x").build();

    assertThat(fields.toJson()).isEqualTo("{\"" + given + "\":\"x\"}");
    assertThat(hash.toJson())
        .isEqualTo("{\"h\":{\"" + given + "\":\"x\"},\"" + given + "\":\"x\"}");
    for (String key : List.of(given, other)) {
      assertThat(fields.getString(key)).isEqualTo("x");
      assertThat(hash.getString(key)).isEqualTo("x");
      assertThat(Objects.requireNonNull(hash.getHash("h")).getString(key)).isEqualTo("x");
      assertThat(CustomFields.fromJson(hash.toJson()).getString(key)).isEqualTo("x");
      assertThat(InquiryFields.fromJson(fields.toJson()).getString(key)).isEqualTo("x");
    }
    InquiryFieldValues both = fields.toBuilder().set(other, "y").build();
    assertThat(both.getString(given)).isEqualTo("x");
    assertThat(both.getString(other)).isEqualTo("y");
    assertThat(CustomFields.fromJson(both.toJson()).getString(other)).isEqualTo("y");
    assertThat(fields.toBuilder().set(other, (String) null).build()).isEqualTo(fields);
    assertThat(both.toBuilder().set(given, (String) null).build().getString(given)).isEqualTo("y");
  }

  @Test
  void keyGiven_thatIsNull_isNotLookedUpInTheOtherSpelling() {
    CustomFields fields = CustomFields.fromJson("{\"a-b\":null,\"a_b\":3}");

    assertThat(fields.getInteger("a-b")).isNull();
    assertThat(fields.getInteger("a_b")).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource({
    "3,3",
    "3.0,3",
    "3e2,300",
    "-2147483648,-2147483648",
    "2147483647,2147483647",
    "-0,0"
  })
  void integerInRange_isRead(String json, int number) {
    for (String field : List.of(json, "{\"type\":\"number\",\"value\":" + json + "}")) {
      CustomFields fields = CustomFields.fromJson("{\"k\":" + field + "}");

      assertThat(fields.getInteger("k")).isEqualTo(number);
      assertThat(fields.getLong("k")).isEqualTo(number);
      assertThat(fields.getNumber("k")).isEqualByComparingTo(BigDecimal.valueOf(number));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "2147483648,int",
    "-2147483649,int",
    "9223372036854775808,integer",
    "3.5,integer",
    "1e999999999,integer"
  })
  void integerOutOfRange_isRefusedWithoutItsValue(String json, String expected) {
    CustomFields fields = CustomFields.fromJson("{\"k\":" + json + "}");

    assertThatThrownBy(() -> fields.getInteger("k"))
        .isInstanceOf(UnexpectedTypeException.class)
        .hasMessage(
            "CustomFields.* is described as "
                + expected
                + " but is a number with a fraction or out of range");
  }

  @Test
  void otherType_isRefusedByName() {
    CustomFields fields = CustomFields.fromJson("{\"k\":\"s3cret\",\"n\":7}");

    for (String message :
        List.of(
            failure(() -> fields.getInteger("k")),
            failure(() -> fields.getLong("k")),
            failure(() -> fields.getNumber("k")),
            failure(() -> fields.getBoolean("k")),
            failure(() -> fields.getDate("k")),
            failure(() -> fields.getDateTime("k")),
            failure(() -> fields.getHash("k")))) {
      assertThat(message).startsWith("CustomFields.* is described as ").endsWith("is a string");
    }
    assertThat(failure(() -> fields.getStrings("n"))).endsWith("is a number");
  }

  private static String failure(Runnable read) {
    try {
      read.run();
    } catch (UnexpectedTypeException e) {
      return String.valueOf(e.getMessage());
    }
    throw new AssertionError("read");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[\"a\",\"b\"]",
        "[\"a\",null,\"b\"]",
        "{\"type\":\"multi_choices\",\"value\":[\"a\",\"b\"]}",
        "{\"type\":\"array\",\"value\":[{\"type\":\"string\",\"value\":\"a\"},"
            + "{\"type\":\"string\",\"value\":null},\"b\"]}"
      })
  void strings_ofAnyShape_areReadWithoutNulls(String json) {
    CustomFields fields = CustomFields.fromJson("{\"k\":" + json + "}");

    assertThat(fields.getStrings("k")).containsExactly("a", "b").isUnmodifiable();
    assertThat(CustomFields.fromJson("{\"k\":\"a\"}").getStrings("k")).containsExactly("a");
    assertThat(CustomFields.fromJson("{\"k\":null}").getStrings("k")).isEmpty();
    assertThat(fields.getStrings("absent")).isEmpty();
  }

  @Test
  void accessors_withoutAField_returnNull() {
    for (String json : List.of("{}", "{\"k\":null}", "{\"k\":{\"type\":\"string\"}}")) {
      CustomFields fields = CustomFields.fromJson(json);
      assertThat(fields.getInteger("k")).isNull();
      assertThat(fields.getLong("k")).isNull();
      assertThat(fields.getNumber("k")).isNull();
      assertThat(fields.getBoolean("k")).isNull();
      assertThat(fields.getDate("k")).isNull();
      assertThat(fields.getDateTime("k")).isNull();
      assertThat(fields.getHash("k")).isNull();
      assertThat(fields.getString("k")).isNull();
      assertThat(fields.getArray("k")).isEmpty();
    }
  }

  @Test
  void severalFields_fromAMap_areSet() {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    values.put("level", 3);
    values.put("since", DATE);
    values.put("gone", null);

    assertThat(CustomFieldValues.builder().set("gone", 1).setAll(values).build().toJson())
        .isEqualTo("{\"level\":3,\"since\":\"1985-12-10\"}");
  }

  @Test
  void values_areCopied() {
    List<String> list = new ArrayList<>(List.of("a"));
    Map<String, String> map = new HashMap<>(Map.of("a", "b"));
    CustomFieldValues.Builder builder = CustomFieldValues.builder().set("l", list).set("m", map);
    CustomFieldValues first = builder.build();
    list.add("b");
    map.clear();
    builder.set("n", 1);

    assertThat(first.toJson()).isEqualTo("{\"l\":[\"a\"],\"m\":{\"a\":\"b\"}}");
  }

  @Test
  void wrongValue_isRefusedWithItsClassAndNotItself() {
    CustomFieldValues.Builder fields = CustomFieldValues.builder();

    assertThatThrownBy(() -> fields.set("k", List.of(new StringBuilder("s3cret"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "value of java.lang.StringBuilder is not a field; use a string, number, boolean,"
                + " LocalDate, OffsetDateTime, enum, collection, map or record");
    assertThatThrownBy(() -> fields.set("k", Double.NaN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("value must be a finite number");
    assertThatThrownBy(() -> fields.set("k", Float.POSITIVE_INFINITY))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> fields.set("k", new AtomicInteger(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("AtomicInteger is not a number of java.lang or java.math");
    assertThatThrownBy(() -> fields.setAll(Collections.singletonMap(null, 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("keys of a map must be strings, and not null");
    List<Object> loop = new ArrayList<>();
    loop.add(loop);
    assertThatThrownBy(() -> fields.set("k", loop))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("value must be nested at most 256 levels deep");
    assertThat(fields.build().toJson()).isEqualTo("{}");
  }

  @Test
  void fieldOfPlainParts_isReadAsByTheTokenizer() {
    Random random = new Random(14);
    String[] strings = {"a", "", "a,b", "}", "{", "\\\"", "\\\\", "ü", "\\u0041", ":", "value"};
    String[] values = {"1", "-1.5e3", "true", "null", "[]", "[1,2]", "{}", "{\"value\":1}", ""};
    for (int i = 0; i < Fuzz.times(20_000); i++) {
      StringBuilder json = new StringBuilder("{");
      Set<String> names = new LinkedHashSet<>();
      for (int n = random.nextInt(4); n > 0; n--) {
        names.add(List.of("type", "value", "other").get(random.nextInt(3)));
      }
      for (String name : names) {
        String value = values[random.nextInt(values.length)];
        String string = "\"" + strings[random.nextInt(strings.length)] + "\"";
        boolean quoted = value.isEmpty() || (name.equals("type") && random.nextInt(4) > 0);
        json.append(json.length() > 1 ? "," : "").append('"').append(name).append("\":");
        json.append(quoted ? string : value);
      }
      JsonValue whole = JsonValue.ofJson(json.append("}").toString());
      Map<String, JsonValue> parts = whole.asMap();
      boolean isField =
          Set.of("type", "value").containsAll(parts.keySet())
              || parts.keySet().containsAll(Set.of("type", "value"));
      FieldValue field = FieldValue.of("f", whole);

      JsonValue type = parts.get("type");
      assertThat(field.value()).as(whole.json()).isEqualTo(isField ? parts.get("value") : whole);
      assertThat(field.type())
          .as(whole.json())
          .isEqualTo(
              isField && type != null && type.kind() == JsonValue.Kind.STRING
                  ? type.asString()
                  : null);
    }
  }

  @Test
  void text_ofRequestFields_showsNeitherKeysNorValues() {
    CustomFieldValues fields = CustomFieldValues.builder().set("s3cret", "s3cret").build();

    assertThat(fields).hasToString("CustomFieldValues{1 fields}");
  }

  @Test
  void typesThatRepeat_areOneString() {
    InquiryFields fields =
        InquiryFields.fromJson(
            "{\"name-first\":{\"type\":\"string\",\"value\":\"string\"},"
                + "\"name-last\":{\"type\":\"string\",\"value\":\"string\"}}");
    TextField first = Objects.requireNonNull(fields.nameFirst());
    TextField last = Objects.requireNonNull(fields.nameLast());

    assertThat(first.type()).isEqualTo("string").isSameAs(last.type());
    assertThat(first.value()).isEqualTo("string").isNotSameAs(last.value());
  }
}
