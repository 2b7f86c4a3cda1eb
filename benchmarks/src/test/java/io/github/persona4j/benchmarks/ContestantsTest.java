package io.github.persona4j.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import io.github.persona4j.model.InquiryPage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import okhttp3.RequestBody;
import okio.Buffer;
import org.junit.jupiter.api.Test;

/** A comparison is only worth something where all do the same work. */
class ContestantsTest {
  private static final byte[] PAGE = InquiryPageText.make();

  private final OurModels ours = new OurModels();
  private final ReflectiveGson gson = new ReflectiveGson();
  private final JacksonDatabind jackson = new JacksonDatabind();

  @Test
  void page_madeTwice_isTheSameAndOfRealSize() {
    assertThat(PAGE.length).isBetween(340_000, 360_000);
    assertThat(InquiryPageText.make()).isEqualTo(PAGE);
  }

  @Test
  void ours_decodedAndEncoded_losesNothing() throws IOException {
    assertThat(text(ours.encode(ours.decode(Answer.of(PAGE)))))
        .isEqualTo(new String(PAGE, StandardCharsets.UTF_8));
  }

  @Test
  void plainObjects_decodedAndEncoded_loseNothing() throws IOException {
    JsonElement page = JsonParser.parseString(new String(PAGE, StandardCharsets.UTF_8));

    assertThat(JsonParser.parseString(text(gson.encode(gson.decode(Answer.of(PAGE))))))
        .isEqualTo(page);
    assertThat(JsonParser.parseString(text(jackson.encode(jackson.decode(Answer.of(PAGE))))))
        .isEqualTo(page);
  }

  @Test
  void dates_ofOursAndPlainObjects_areTheSame() throws IOException {
    InquiryPage models = ours.decode(Answer.of(PAGE));
    List<PlainPage.PlainInquiry> objects =
        Objects.requireNonNull(gson.decode(Answer.of(PAGE)).data);

    assertThat(models.data()).hasSize(InquiryPageText.INQUIRIES);
    assertThat(models.data())
        .extracting(inquiry -> inquiry.attributes().createdAt())
        .isEqualTo(
            objects.stream()
                .map(inquiry -> Objects.requireNonNull(inquiry.attributes).createdAt)
                .toList());
    assertThat(ours.decodeAndReadDates(Answer.of(PAGE))).isPositive();
  }

  @Test
  void tokenizer_onThePage_readsMostOfIt() throws IOException {
    assertThat(new BareTokenizer().read(Answer.of(PAGE))).isBetween(200_000L, 300_000L);
  }

  @Test
  void longTexts_decodedAndEncoded_loseNothing() throws IOException {
    for (LongTexts.Shape shape : LongTexts.SHAPES) {
      byte[] page = shape.page(100_000);
      InquiryPage decoded = LongTexts.decode(new ByteArrayInputStream(page));

      assertThat(JsonParser.parseString(decoded.toJson()))
          .as(shape.name())
          .isEqualTo(JsonParser.parseString(new String(page, StandardCharsets.UTF_8)));
    }
  }

  private static String text(RequestBody body) throws IOException {
    Buffer buffer = new Buffer();
    body.writeTo(buffer);
    return buffer.readUtf8();
  }
}
