package io.github.persona4j.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.gson.stream.JsonReader;
import io.github.persona4j.json.MalformedJsonException.Reason;
import io.github.persona4j.mini.model.Check;
import io.github.persona4j.model.ErrorDocument;
import io.github.persona4j.model.Event;
import io.github.persona4j.model.FieldSchema;
import io.github.persona4j.model.InquiryResponse;
import io.github.persona4j.model.Resource;
import io.github.persona4j.model.SearchNot;
import io.github.persona4j.model.SearchQuery;
import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.function.IntFunction;
import okio.Buffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** JSON of any nesting depth is read or rejected with a small stack. */
class NestingTest {
  private static final int HOSTILE = 1_000_000;

  private static String nested(String opening, int levels, String closing) {
    return opening.repeat(levels) + "1" + closing.repeat(levels);
  }

  private static String lists(int levels) {
    return nested("[", levels, "]");
  }

  private static String objects(int levels) {
    return nested("{\"a\":", levels, "}");
  }

  // Not all ASCII, so that it is read token by token.
  private static String nonAscii(int levels) {
    return nested("[{\"\u00e9\" :", levels / 2, "} ]");
  }

  /** A document with a placeholder for a value, and the nesting depth of the placeholder. */
  private record Place(String name, JsonType<?> type, String json, int levels) {
    String with(String value) {
      return json.replace("@", value);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static List<Place> places() {
    return List.of(
        new Place("raw value", JsonType.ANY, "@", 0),
        new Place("unknown property", Check.TYPE, "{\"x\":@}", 1),
        new Place("value of another type", Check.TYPE, "{\"name\":@}", 1),
        new Place("unknown member", Resource.TYPE, "{\"type\":\"new\",\"x\":@}", 1),
        new Place("included", InquiryResponse.TYPE, "{\"data\":{},\"included\":[{\"x\":@}]}", 3),
        new Place(
            "tag last",
            Resource.TYPE,
            "{\"id\":\"inq_1\",\"attributes\":{\"x\":@},\"type\":\"inquiry\"}",
            2),
        new Place("value of no shape", SearchQuery.TYPE, "{\"x\":@}", 1),
        new Place("error", ErrorDocument.TYPE, "{\"errors\":[{\"meta\":@}]}", 3),
        new Place(
            "payload",
            Event.TYPE,
            "{\"attributes\":{\"payload\":{\"data\":{\"attributes\":{\"x\":@}}}}}",
            5),
        new Place("context", Event.TYPE, "{\"attributes\":{\"context\":@}}", 2),
        new Place(
            "fields",
            InquiryResponse.TYPE,
            "{\"data\":{\"attributes\":{\"fields\":{\"x\":{\"value\":@}}}}}",
            5));
  }

  @ParameterizedTest
  @MethodSource("places")
  void rawValueOf255Levels_anywhere_isRead(Place place) throws Exception {
    for (IntFunction<String> value :
        List.<IntFunction<String>>of(
            NestingTest::lists, NestingTest::objects, NestingTest::nonAscii)) {
      for (int levels : new int[] {254, 512 - place.levels}) {
        String json = place.with(value.apply(levels - levels % 2));
        SmallStack.call(() -> use(place.type, json));
      }
    }
  }

  /** Uses all operations on a value. */
  private static <T> Object use(JsonType<T> type, String json) throws Exception {
    T decoded = type.fromJson(json, false);
    T streamed = type.read(new ByteArrayInputStream(json.getBytes(UTF_8)), false);
    assertThat(streamed.equals(decoded)).isTrue();
    assertThat(streamed.hashCode()).isEqualTo(decoded.hashCode());
    assertThat(decoded.toString()).doesNotContain("\u00e9");
    String written = JsonValue.written(type.slot(decoded)).json();
    assertThat(written).hasSameSizeAs(json.replace(" ", "")); // the order of properties may differ
    assertThat(JsonValue.ofJson(written).equals(JsonValue.ofJson(json))).isTrue();
    if (decoded instanceof JsonModel model) {
      Buffer buffer = new Buffer();
      model.writeTo(buffer.outputStream());
      assertThat(buffer.readUtf8()).isEqualTo(written);
    }
    assertThat(type.typeAdapter().toJson(decoded)).isEqualTo(written);
    assertThat(type.typeAdapter().read(gsonReader(json, 1000)).equals(decoded)).isTrue();
    openAll(JsonValue.ofJson(json));
    return decoded;
  }

  private static JsonReader gsonReader(String json, int nestingLimit) throws Exception {
    JsonReader reader = new JsonReader(new StringReader(json));
    try {
      JsonReader.class.getMethod("setNestingLimit", int.class).invoke(reader, nestingLimit);
    } catch (NoSuchMethodException e) {
      // The oldest supported version of Gson has no nesting limit.
    }
    return reader;
  }

  /** Opens all nested values. */
  private static void openAll(JsonValue value) {
    JsonValue innermost = value;
    while (innermost.kind() == JsonValue.Kind.LIST || innermost.kind() == JsonValue.Kind.OBJECT) {
      assertThat(innermost.hashCode()).isEqualTo(JsonValue.ofJson(innermost.json()).hashCode());
      List<JsonValue> inner =
          innermost.kind() == JsonValue.Kind.LIST
              ? innermost.asList()
              : List.copyOf(innermost.asMap().values());
      if (inner.isEmpty()) {
        return;
      }
      innermost = inner.get(inner.size() - 1);
    }
    assertThat(innermost.kind()).isNotNull();
  }

  @ParameterizedTest
  @MethodSource("places")
  void rawValueBeyond512Levels_anywhere_isRejected(Place place) throws Exception {
    for (IntFunction<String> value :
        List.<IntFunction<String>>of(
            NestingTest::lists, NestingTest::objects, NestingTest::nonAscii)) {
      for (int levels : new int[] {514 - place.levels, HOSTILE}) {
        String json = place.with(value.apply(levels));
        Throwable failure =
            SmallStack.call(() -> catchThrowable(() -> place.type.fromJson(json, false)));
        assertThat(failure)
            .isInstanceOf(MalformedJsonException.class)
            .hasMessageEndingWith("nested too deeply (more than 512 levels)");
        assertThat(((MalformedJsonException) failure).reason()).isEqualTo(Reason.TOO_DEEP);
      }
    }
  }

  /** Nested models, and the number of levels of one of them. */
  private record Models(String name, JsonType<?> type, String opening, int levels, String end) {
    String nested(int count) {
      return opening.repeat(count) + "{}" + end.repeat(count);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static List<Models> models() {
    return List.of(
        new Models("property", Check.TYPE, "{\"child\":", 1, "}"),
        new Models("list", Check.TYPE, "{\"children\":[", 2, "]}"),
        new Models("schema", FieldSchema.TYPE, "{\"config\":{\"item-schemas\":[", 3, "]}}"),
        new Models("member identified by a property", SearchQuery.TYPE, "{\"not\":", 1, "}"),
        new Models("list of such members", SearchQuery.TYPE, "{\"and\":[", 2, "]}"));
  }

  @ParameterizedTest
  @MethodSource("models")
  void modelsUpTo100Levels_areReadWrittenAndCompared(Models models) throws Exception {
    String json = models.nested(99 / models.levels);

    SmallStack.call(() -> use(models.type, json));
  }

  @ParameterizedTest
  @MethodSource("models")
  void modelsBeyond100Levels_areRejected(Models models) throws Exception {
    for (int count : new int[] {100 / models.levels + 1, 500 / models.levels, HOSTILE}) {
      String json = models.nested(count);
      Throwable failure =
          SmallStack.call(() -> catchThrowable(() -> models.type.fromJson(json, false)));
      assertThat(failure)
          .isInstanceOf(MalformedJsonException.class)
          .hasMessageContaining("nested too deeply (more than ");
      assertThat(((MalformedJsonException) failure).reason()).isEqualTo(Reason.TOO_DEEP);
    }
  }

  @Test
  void gsonReader_deepValue_isReadOrRejected() throws Exception {
    JsonReader deep = gsonReader(lists(HOSTILE), HOSTILE);
    Throwable failure =
        SmallStack.call(() -> catchThrowable(() -> JsonType.ANY.typeAdapter().read(deep)));

    assertThat(failure)
        .isInstanceOf(MalformedJsonException.class)
        .hasMessageEndingWith("nested too deeply (more than 512 levels)");
  }

  @Test
  void builtModels_nestedDeeperThan100_areRejected() throws Exception {
    assertThat(
            SmallStack.call(
                () -> {
                  Check check = Check.builder().name("x").build();
                  for (int levels = 2; levels <= 100; levels++) {
                    check =
                        levels % 2 == 0
                            ? Check.builder().child(check).build()
                            : check.toBuilder().build().toBuilder().child(check).build();
                  }
                  Check deepest = check;
                  assertThat(deepest.toJson()).isEqualTo(Check.fromJson(deepest.toJson()).toJson());
                  assertThat(deepest.hashCode())
                      .isEqualTo(Check.fromJson(deepest.toJson()).hashCode());
                  Check decoded = Check.fromJson(deepest.toJson());
                  for (Check child : List.of(deepest, decoded)) {
                    assertThatThrownBy(() -> Check.builder().child(child).build())
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessage("Check: nested deeper than 100 levels");
                    assertThatThrownBy(() -> Check.builder().children(List.of(child)).build())
                        .isInstanceOf(IllegalStateException.class);
                  }
                  return true;
                }))
        .isTrue();
  }

  @Test
  void builtMembers_nestedDeeperThan100_areRejected() {
    assertThatThrownBy(
            () -> {
              SearchNot condition = SearchNot.fromJson("{}");
              for (int i = 0; i < HOSTILE; i++) {
                condition = SearchNot.builder().not(condition).build();
              }
            })
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("SearchNot: nested deeper than 100 levels");
  }

  @ParameterizedTest
  @ValueSource(ints = {600, 20_000})
  void builtRawValue_ofAnyDepth_isComparedAndOpened(int levels) throws Exception {
    JsonValue lists = build(levels);
    JsonValue same = build(levels);
    JsonValue other = JsonValue.of(List.of(build(levels)));

    assertThat(SmallStack.call(() -> lists.equals(same))).isTrue();
    assertThat(SmallStack.call(() -> lists.equals(other))).isFalse();
    assertThat(SmallStack.call(() -> lists.hashCode() == same.hashCode())).isTrue();
    assertThat(SmallStack.call(() -> lists.asMap().get("a"))).isEqualTo(JsonValue.of(1));
    assertThat(SmallStack.call(() -> Objects.requireNonNull(lists.asMap().get("b")).asList()))
        .hasSize(2);
    Check check = Check.builder().additionalProperty("x", lists).build();
    assertThat(SmallStack.call(check::toJson)).isEqualTo("{\"x\":" + lists.json() + "}");
    // It could not be read again.
    assertThatThrownBy(() -> SmallStack.call(() -> Check.fromJson(check.toJson())))
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isInstanceOf(MalformedJsonException.class);
  }

  private static JsonValue build(int levels) {
    String inner = "{\"a\":1,\"b\":[0,";
    // As a program would build it value by value, but in linear time.
    return JsonValue.raw(inner.repeat(levels / 2) + "null" + "]}".repeat(levels / 2));
  }

  @Test
  void deepObjects_withPropertiesInAnotherOrder_areEqual() {
    Map<String, JsonValue> one = new LinkedHashMap<>();
    one.put("x", JsonValue.ofJson(objects(300)));
    one.put("y", JsonValue.of("\u00e9"));
    Map<String, JsonValue> other = new LinkedHashMap<>();
    other.put("y", JsonValue.ofJson("\"\\u00e9\""));
    other.put("x", JsonValue.ofJson(objects(300)));

    assertThat(JsonValue.of(one))
        .isEqualTo(JsonValue.of(other))
        .hasSameHashCodeAs(JsonValue.of(other));
    other.put("x", JsonValue.ofJson(objects(299)));
    assertThat(JsonValue.of(one)).isNotEqualTo(JsonValue.of(other));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]|{}",
        "[1]|[1,1]",
        "[1,2]|[2,1]",
        "[1.0]|[1.00]",
        "[1]|[\"1\"]",
        "[null]|[0]",
        "[[]]|[{}]",
        "{\"a\":1}|{\"b\":1}",
        "{\"a\":1}|{\"a\":2}",
        "{\"a\":null}|{}",
        "{\"a\":1,\"b\":2}|{\"a\":2,\"b\":1}",
        "[true]|[false]",
        "[{\"a\":[1]}]|[{\"a\":[[1]]}]"
      })
  void differentValues_areNotEqual(String values) {
    JsonValue one = JsonValue.ofJson(values.substring(0, values.indexOf('|')));
    JsonValue other = JsonValue.ofJson(values.substring(values.indexOf('|') + 1));

    assertThat(one).isNotEqualTo(other);
    assertThat(other).isNotEqualTo(one);
  }
}
