package io.github.persona4j.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.annotations.SerializedName;
import io.github.persona4j.model.CustomFieldValues;
import io.github.persona4j.model.CustomFields;
import io.github.persona4j.model.InquiryFieldValues;
import io.github.persona4j.model.StoredFile;
import java.io.File;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Fields to and from records, which are private here on purpose. */
class FieldRecordsTest {
  private enum Tier {
    @SerializedName("gold-level")
    GOLD,
    silver {
      @Override
      public String toString() {
        return "a constant with a body";
      }
    }
  }

  private record Address(@SerializedName("street_1") @Nullable String street, int floor) {}

  private record Everything(
      @Nullable String text,
      @Nullable Integer loyaltyLevel,
      int primitiveInt,
      @Nullable Long big,
      long primitiveLong,
      @Nullable Double ratio,
      double primitiveDouble,
      @Nullable BigDecimal amount,
      @Nullable BigInteger huge,
      @Nullable Boolean member,
      boolean primitiveBoolean,
      @Nullable LocalDate born,
      @Nullable OffsetDateTime seenAt,
      @Nullable Tier tier,
      @Nullable Address address,
      List<String> sources,
      List<Address> addresses,
      Map<String, Integer> counts,
      Optional<String> maybe,
      @Nullable StoredFile photo,
      @Nullable JsonValue any,
      @Nullable FieldValue field,
      @Nullable FieldValues hash,
      @SerializedName("Own Name!") @Nullable String named) {}

  private static final String TYPED =
      """
      {"text":{"type":"string","value":"Ada"},"loyalty-level":{"type":"integer","value":3},
       "primitive_int":{"type":"number","value":4.0},"big":{"type":"integer","value":5000000000},
       "primitive-long":6,"ratio":{"type":"number","value":0.5},"primitive-double":7,
       "amount":{"type":"number","value":12.50},"huge":1e20,
       "member":{"type":"boolean","value":true},"primitive-boolean":false,
       "born":{"type":"date","value":"1985-12-10"},
       "seen-at":{"type":"datetime","value":"2026-01-14T09:31:07Z"},
       "tier":{"type":"choices","value":"gold-level"},
       "address":{"type":"hash","value":{"street-1":{"type":"string","value":"Way 1"},
         "floor":{"type":"integer","value":2}}},
       "sources":{"type":"multi_choices","value":["web","app"]},
       "addresses":{"type":"array","value":[{"type":"hash","value":{"floor":3}}]},
       "counts":{"type":"hash","value":{"a":1,"b":null}},
       "maybe":{"type":"string","value":"x"},
       "photo":{"type":"file","value":{"filename":"front.jpg","byte_size":12}},
       "any":{"type":"json","value":[1]},"field":{"type":"string","value":"f"},
       "hash":{"type":"hash","value":{"in":"deep"}},"Own Name!":"n"}
      """;

  @Test
  void record_withEveryTypeOfComponent_isRead() {
    Everything all = CustomFields.fromJson(TYPED).as(Everything.class);

    assertThat(all.text()).isEqualTo("Ada");
    assertThat(all.loyaltyLevel()).isEqualTo(3);
    assertThat(all.primitiveInt()).isEqualTo(4);
    assertThat(all.big()).isEqualTo(5_000_000_000L);
    assertThat(all.primitiveLong()).isEqualTo(6);
    assertThat(all.ratio()).isEqualTo(0.5);
    assertThat(all.primitiveDouble()).isEqualTo(7.0);
    assertThat(all.amount()).isEqualTo("12.50");
    assertThat(all.huge()).isEqualTo(BigInteger.TEN.pow(20));
    assertThat(all.member()).isTrue();
    assertThat(all.primitiveBoolean()).isFalse();
    assertThat(all.born()).isEqualTo(LocalDate.of(1985, 12, 10));
    assertThat(all.seenAt()).isEqualTo(OffsetDateTime.parse("2026-01-14T09:31:07Z"));
    assertThat(all.tier()).isEqualTo(Tier.GOLD);
    assertThat(all.address()).isEqualTo(new Address("Way 1", 2));
    assertThat(all.sources()).containsExactly("web", "app").isUnmodifiable();
    assertThat(all.addresses()).containsExactly(new Address(null, 3));
    assertThat(all.counts()).containsEntry("a", 1).containsEntry("b", null).hasSize(2);
    assertThat(all.maybe()).contains("x");
    assertThat(all.photo()).extracting(StoredFile::byteSize).isEqualTo(12L);
    assertThat(all.any()).isEqualTo(JsonValue.ofJson("[1]"));
    assertThat(all.field()).extracting(FieldValue::asString).isEqualTo("f");
    assertThat(all.hash()).extracting(hash -> hash.getString("in")).isEqualTo("deep");
    assertThat(all.named()).isEqualTo("n");
  }

  private record Nullables(
      @Nullable String text,
      @Nullable Integer level,
      @Nullable LocalDate born,
      @Nullable Tier tier,
      @Nullable Address address,
      @Nullable FieldValue field,
      List<String> sources,
      Map<String, String> counts,
      Optional<Integer> maybe) {}

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"text\":null,\"level\":null,\"born\":null,\"tier\":null,\"address\":null,\"field\":null,"
            + "\"sources\":null,\"counts\":null,\"maybe\":null}",
        "{\"text\":{\"type\":\"string\",\"value\":null},\"sources\":{\"type\":\"array\"},"
            + "\"maybe\":{\"type\":\"integer\",\"value\":null}}"
      })
  void absentAndNullFields_areNullOrEmpty(String json) {
    assertThat(CustomFields.fromJson(json).as(Nullables.class))
        .isEqualTo(
            new Nullables(
                null, null, null, null, null, null, List.of(), Map.of(), Optional.empty()));
  }

  private record Written(
      String text,
      int loyaltyLevel,
      LocalDate born,
      Tier tier,
      Address homeAddress,
      List<Tier> tiers,
      Optional<Boolean> maybe,
      @Nullable String absent,
      @SerializedName("own_key") BigDecimal own) {}

  @Test
  void record_isWrittenAndReadBackTheSame() {
    Written record =
        new Written(
            "Ada",
            3,
            LocalDate.of(1985, 12, 10),
            Tier.silver,
            new Address(null, 2),
            List.of(Tier.GOLD, Tier.silver),
            Optional.of(true),
            null,
            new BigDecimal("1.50"));

    CustomFieldValues fields = CustomFieldValues.builder().setAll(record).build();

    assertThat(fields.toJson())
        .isEqualTo(
            "{\"text\":\"Ada\",\"loyalty-level\":3,\"born\":\"1985-12-10\",\"tier\":\"silver\","
                + "\"home-address\":{\"floor\":2},\"tiers\":[\"gold-level\",\"silver\"],"
                + "\"maybe\":true,\"own_key\":1.50}");
    assertThat(fields.as(Written.class)).isEqualTo(record);
    CustomFieldValues nested = CustomFieldValues.builder().set("r", record).build();
    assertThat(nested.getHash("r")).isNotNull();
    assertThat(nested.property("r")).isEqualTo(JsonValue.of(fields));
  }

  @Test
  void componentThatIsNull_unsetsItsKey() {
    InquiryFieldValues fields =
        InquiryFieldValues.builder()
            .nameFirst("Ada")
            .nameLast("Example")
            .setAll(new Person(null, "New"))
            .build();

    assertThat(fields.toJson()).isEqualTo("{\"name-last\":\"New\"}");
    assertThat(fields.as(Person.class)).isEqualTo(new Person(null, "New"));
  }

  private record Person(@Nullable String nameFirst, String nameLast) {}

  private record Names(
      @Nullable String loyaltyLevel,
      @Nullable String addressStreet1,
      @Nullable String userID,
      @Nullable String htmlURLPath,
      @Nullable String snake_case,
      @Nullable String x) {}

  @Test
  void keyOfAComponent_isItsNameWithDashes() {
    Names names = new Names("1", "2", "3", "4", "5", "6");

    CustomFieldValues fields = CustomFieldValues.builder().setAll(names).build();

    assertThat(fields.fieldNames())
        .containsExactly(
            "loyalty-level", "address-street-1", "user-id", "html-url-path", "snake_case", "x");
    assertThat(CustomFields.fromJson(fields.toJson().replace("-", "_")).as(Names.class))
        .isEqualTo(names);
    assertThat(CustomFields.fromJson(fields.toJson().replace("_", "-")).as(Names.class))
        .isEqualTo(names);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "text|7|string but is a number",
        "loyalty-level|'s3cret'|integer but is a string",
        "loyalty-level|3000000000|int but is a number with a fraction or out of range",
        "loyalty-level|3.5|integer but is a number with a fraction or out of range",
        "primitive-int|null|int, which cannot be null, but is absent or null",
        "big|9223372036854775808|integer but is a number with a fraction or out of range",
        "ratio|1e400|Double but is a number with a fraction or out of range",
        "ratio|'s3cret'|number but is a string",
        "huge|1.5|BigInteger but is a number with a fraction or out of range",
        "huge|1e999999999|BigInteger but is a number with a fraction or out of range",
        "member|'s3cret'|boolean but is a string",
        "born|'s3cret'|date but is a string",
        "seen-at|'s3cret'|date-time but is a string",
        "tier|'s3cret'|a constant of Tier but is another string",
        "tier|7|string but is a number",
        "address|'s3cret'|hash but is a string",
        "counts|'s3cret'|hash but is a string",
        "photo|'s3cret'|object but is a string",
        "hash|'s3cret'|hash but is a string"
      })
  void valueOfAnotherType_isRefusedWithTheComponent(String key, String value, String rule) {
    String json =
        TYPED.replaceFirst(
            "\"" + key.replace('-', '.') + "\":", "\"ignored\":1,\"" + key + "\":@,\"old\":");
    String changed = json.replace("@", value.replace('\'', '"'));
    String component = key.charAt(0) + camel(key).substring(1);

    assertThatThrownBy(() -> CustomFields.fromJson(changed).as(Everything.class))
        .isInstanceOf(UnexpectedTypeException.class)
        .hasMessage("Everything." + component + " is described as " + rule)
        .hasMessageNotContaining("s3cret");
  }

  private static String camel(String key) {
    StringBuilder name = new StringBuilder();
    for (String word : key.split("-", -1)) {
      name.append(word.substring(0, 1).toUpperCase(Locale.ROOT)).append(word.substring(1));
    }
    return name.toString();
  }

  @Test
  void valueOfAnotherType_insideAListOrRecord_isRefusedWithItsPlace() {
    assertThatThrownBy(() -> read("{\"sources\":[\"a\",1]}", Nullables.class))
        .hasMessage("Nullables.sources[1] is described as string but is a number");
    assertThatThrownBy(() -> read("{\"counts\":{\"s3cret\":1}}", Nullables.class))
        .hasMessage("Nullables.counts.* is described as string but is a number");
    assertThatThrownBy(() -> read("{\"address\":{\"floor\":\"s3cret\"}}", Nullables.class))
        .hasMessage("Address.floor is described as integer but is a string");
    assertThatThrownBy(() -> read("{\"address\":{\"street_1\":\"x\"}}", Nullables.class))
        .hasMessage(
            "Address.floor is described as int, which cannot be null, but is absent or null");
  }

  private static <R extends Record> R read(String json, Class<R> type) {
    return CustomFields.fromJson(json).as(type);
  }

  private record WrongType(File file) {}

  private record WrongList(Set<String> set) {}

  private record WrongKey(Map<Integer, String> map) {}

  private record WrongVariable<T>(T value) {}

  private record WrongPrimitive(char letter) {}

  private record SameKeys(String loyaltyLevel, @SerializedName("loyalty-level") String other) {}

  @Test
  void recordThatCannotBeUsed_isRefusedWithTheRule() {
    for (Class<? extends Record> type :
        List.of(
            WrongType.class,
            WrongList.class,
            WrongKey.class,
            WrongVariable.class,
            WrongPrimitive.class)) {
      assertThatThrownBy(() -> read("{}", type))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith(type.getSimpleName() + ".")
          .hasMessageContaining(" is not a type of a field; use String, Integer");
    }
    assertThatThrownBy(() -> read("{}", SameKeys.class))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith("SameKeys has two components for one key");
    CustomFieldValues.Builder fields = CustomFieldValues.builder();
    assertThatThrownBy(() -> fields.setAll(new WrongType(new File("s3cret"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("value of java.io.File is not a field")
        .hasMessageNotContaining("s3cret");
    assertThat(fields.build().toJson()).isEqualTo("{}");
  }

  private record Checked(int level) {
    Checked {
      if (level < 1) {
        throw new IllegalStateException("level must be positive");
      }
    }
  }

  @Test
  void exceptionOfTheConstructor_isNotWrapped() {
    assertThatThrownBy(() -> read("{\"level\":0}", Checked.class))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("level must be positive");
    assertThat(read("{\"level\":1}", Checked.class)).isEqualTo(new Checked(1));
  }

  private record Empty() {}

  @Test
  void recordWithoutComponents_isRead() {
    assertThat(read("{\"a\":1}", Empty.class)).isEqualTo(new Empty());
    assertThat(CustomFieldValues.builder().setAll(new Empty()).build().toJson()).isEqualTo("{}");
  }

  private record Parts(FieldValues address, FieldValue level, List<FieldValue> sources) {}

  @Test
  void fieldsThatWereRead_areWrittenAsTheirValues() {
    CustomFields read =
        CustomFields.fromJson(
            """
            {"address": {"type": "hash", "value": {
               "street": {"type": "string", "value": "Main"},
               "floors": {"type": "array", "value": [{"type": "integer", "value": 1}, 2]},
               "note": {"type": "string", "value": null}}},
             "level": {"type": "number", "value": 3.10},
             "sources": {"type": "multi_choices", "value": ["web", "app"]}}
            """);
    String written =
        "{\"address\":{\"street\":\"Main\",\"floors\":[1,2],\"note\":null},"
            + "\"level\":3.10,\"sources\":[\"web\",\"app\"]}";

    CustomFieldValues all = CustomFieldValues.builder().setAll(read.as(Parts.class)).build();
    assertThat(all.toJson()).isEqualTo(written);
    CustomFieldValues each =
        CustomFieldValues.builder()
            .setAll(Map.of("address", Objects.requireNonNull(read.getHash("address"))))
            .build();
    assertThat(each.getHash("address")).isNotNull();
    assertThat(written).contains(each.toJson().substring(1, each.toJson().length() - 1));
  }

  @Test
  void oneValueOfAnotherType_leavesTheBuilderAsItWas() {
    CustomFieldValues.Builder fields = CustomFieldValues.builder();
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("good", 1);
    values.put("bad", new File("x"));

    assertThatThrownBy(() -> fields.setAll(values)).isInstanceOf(IllegalArgumentException.class);

    assertThat(fields.build().toJson()).isEqualTo("{}");
  }
}
