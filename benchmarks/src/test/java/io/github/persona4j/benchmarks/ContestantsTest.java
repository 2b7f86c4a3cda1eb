package io.github.persona4j.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.persona4j.model.EventResponse;
import io.github.persona4j.model.InquiryPage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.Map;
import okhttp3.RequestBody;
import okio.Buffer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A comparison is fair only if all contestants do the same work. */
class ContestantsTest {
  private static final byte[] PAGE = InquiryPageJson.make(InquiryPageBenchmark.SEED);

  private final GeneratedModels models = new GeneratedModels();
  private final ReflectiveGson gson = new ReflectiveGson();
  private final JacksonDatabind jackson = new JacksonDatabind();

  @Test
  void page_madeTwice_isTheSameAndOfRealSize() {
    assertThat(PAGE.length).isBetween(340_000, 360_000);
    assertThat(InquiryPageJson.make(InquiryPageBenchmark.SEED)).isEqualTo(PAGE);
  }

  @Test
  void page_ofAnotherSeedOrWithoutNext_differs() {
    JsonObject last = parse(InquiryPageJson.make(1, null)).getAsJsonObject();

    assertThat(InquiryPageJson.make(1)).isNotEqualTo(PAGE);
    assertThat(last.getAsJsonArray("data")).hasSize(InquiryPageJson.INQUIRIES);
    assertThat(last.getAsJsonObject("links").get("next").isJsonNull()).isTrue();
  }

  @Test
  void ours_decodedAndEncoded_losesNothing() throws IOException {
    assertThat(content(models.encode(models.decode(InMemoryBody.of(PAGE))))).isEqualTo(PAGE);
  }

  @Test
  void pojos_decodedAndEncoded_loseNothing() throws IOException {
    JsonElement page = parse(PAGE);

    assertThat(parse(content(gson.encode(gson.decode(InMemoryBody.of(PAGE)))))).isEqualTo(page);
    assertThat(parse(content(jackson.encode(jackson.decode(InMemoryBody.of(PAGE))))))
        .isEqualTo(page);
  }

  @Test
  void allValues_readFromEachContestant_areThoseOfTheJson() throws IOException {
    ValueSum json = new ValueSum();
    addAll(json, null, parse(PAGE));

    assertThat(GeneratedModels.readAllValues(models.decode(InMemoryBody.of(PAGE))))
        .isEqualTo(json.value());
    assertThat(gson.decode(InMemoryBody.of(PAGE)).readAllValues()).isEqualTo(json.value());
    assertThat(jackson.decode(InMemoryBody.of(PAGE)).readAllValues()).isEqualTo(json.value());
  }

  private static void addAll(ValueSum sum, @Nullable String name, JsonElement element) {
    if (element.isJsonObject()) {
      for (Map.Entry<String, JsonElement> property : element.getAsJsonObject().entrySet()) {
        addAll(sum, property.getKey(), property.getValue());
      }
    } else if (element.isJsonArray()) {
      element.getAsJsonArray().forEach(item -> addAll(sum, null, item));
    } else if (element.isJsonPrimitive() && element.getAsJsonPrimitive().isNumber()) {
      sum.add(element.getAsBigDecimal());
    } else if (element.isJsonPrimitive() && element.getAsJsonPrimitive().isBoolean()) {
      sum.add(element.getAsBoolean());
    } else if (element.isJsonPrimitive() && name != null && name.endsWith("-at")) {
      sum.add(OffsetDateTime.parse(element.getAsString()));
    } else if (element.isJsonPrimitive()) {
      sum.add(element.getAsString());
    }
  }

  @Test
  void event_decodedByEachContestant_hasTheSameValues() {
    String json = new String(EventJson.make(), StandardCharsets.UTF_8);
    PojoEvent pojo = new Gson().fromJson(json, PojoEvent.Response.class).data;
    EventResponse response = EventResponse.fromJson(json);

    assertThat(response.data().id()).isEqualTo(pojo.id).isEqualTo(FirstCallPrograms.EVENT_ID);
    assertThat(response.data().attributes().name()).hasToString(pojo.attributes.name);
  }

  @Test
  void tokenizer_onThePage_readsMostOfIt() throws IOException {
    assertThat(new GsonTokenizer().read(InMemoryBody.of(PAGE))).isBetween(200_000L, 300_000L);
  }

  @Test
  void longTokens_decodedAndEncoded_loseNothing() throws IOException {
    for (LongTokensBenchmark.Shape shape : LongTokensBenchmark.SHAPES) {
      byte[] page = shape.page(100_000);
      InquiryPage decoded = LongTokensBenchmark.decode(new ByteArrayInputStream(page));

      assertThat(JsonParser.parseString(decoded.toJson())).as(shape.name()).isEqualTo(parse(page));
    }
  }

  private static JsonElement parse(byte[] json) {
    return JsonParser.parseString(new String(json, StandardCharsets.UTF_8));
  }

  private static byte[] content(RequestBody body) throws IOException {
    Buffer buffer = new Buffer();
    body.writeTo(buffer);
    return buffer.readByteArray();
  }
}
