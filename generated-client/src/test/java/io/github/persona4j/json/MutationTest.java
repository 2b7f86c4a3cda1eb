package io.github.persona4j.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.persona4j.json.Examples.Example;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reading any bytes of a server returns a value or throws a JsonException. */
class MutationTest {
  private static final int MUTATIONS = Fuzz.times(60_000);
  private static final int ACCESS_INTERVAL = 20; // since reflection is slow
  private static final String SIGNS = "\"\\{}[]:,0-e.tfn u";

  @Test
  void examples_readStrictly_arePreserved() {
    assertThat(Examples.all()).hasSizeGreaterThan(180);
    for (Example example : Examples.all()) {
      assertThat(Trees.of(written(example))).isEqualTo(Trees.of(example.json()));
    }
  }

  private static <T> String written(Example example) {
    @SuppressWarnings("unchecked") // any type writes what it reads
    JsonType<T> type = (JsonType<T>) example.type();
    return JsonValue.written(type.slot(type.fromJson(example.json(), true))).json();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void mutatedExamples_read_returnAValueOrThrowAJsonException(long seed) {
    check(seed, Examples.all());
  }

  @ParameterizedTest
  @ValueSource(longs = {3, 4})
  void mutatedDocumentsOfEveryType_read_returnAValueOrThrowAJsonException(long seed) {
    List<Example> documents = new ArrayList<>();
    for (Descriptions description : Descriptions.values()) {
      RandomJson random = new RandomJson(seed, description.tags());
      description
          .all()
          .values()
          .forEach(type -> documents.add(new Example(type, random.described(Shape.of(type)))));
    }
    check(seed, documents);
  }

  private static void check(long seed, List<Example> examples) {
    Random random = new Random(seed);
    int values = 0;
    for (int i = 0; i < MUTATIONS; i++) {
      Example example = examples.get(random.nextInt(examples.size()));
      byte[] bytes = example.json().getBytes(UTF_8);
      for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
        bytes = mutated(bytes, random);
      }
      try {
        use(example.type(), bytes, random, i % ACCESS_INTERVAL == 0);
        values++;
      } catch (JsonException e) {
        assertThat(e.path()).startsWith("$");
      } catch (Throwable e) {
        throw new AssertionError(
            "seed %d, no. %d: %s".formatted(seed, i, new String(bytes, UTF_8)), e);
      }
    }
    assertThat(values).isBetween(MUTATIONS / 20, MUTATIONS * 19 / 20);
  }

  private static <T> void use(JsonType<T> type, byte[] bytes, Random random, boolean access)
      throws IOException {
    InputStream source =
        random.nextBoolean()
            ? new ByteArrayInputStream(bytes)
            : new ChunkedInputStream(bytes, random);
    T value = type.read(source, random.nextInt(4) == 0);
    assertThat(value.hashCode()).isEqualTo(value.hashCode());
    String written = JsonValue.written(type.slot(value)).json();
    assertThat(type.fromJson(written, false).equals(value)).isTrue();
    assertThat(value.toString()).isNotNull();
    if (access) {
      for (Accessors.Outcome outcome : Accessors.callAll(value)) {
        if (outcome.error() != null) {
          assertThat(outcome.error()).isInstanceOf(JsonException.class);
        }
      }
    }
  }

  private static byte[] mutated(byte[] bytes, Random random) {
    int place = random.nextInt(bytes.length + 1);
    int length = random.nextInt(Math.min(bytes.length - place, 40) + 1);
    return switch (random.nextInt(8)) {
      case 0 -> replaced(bytes, place, 0, (byte) random.nextInt(256));
      case 1 -> replaced(bytes, place, 0, (byte) random.nextInt(32));
      case 2 -> replaced(bytes, place, 1, (byte) random.nextInt(256));
      case 3 -> replaced(bytes, place, 1, (byte) SIGNS.charAt(random.nextInt(SIGNS.length())));
      case 4 -> replaced(bytes, place, length); // removed
      case 5 -> { // doubled
        byte[] part = new byte[length];
        System.arraycopy(bytes, place, part, 0, length);
        yield replaced(bytes, place, 0, part);
      }
      case 6 -> afterQuote(bytes, place, random);
      default -> replaced(bytes, place, random.nextInt(20) == 0 ? bytes.length - place : 1);
    };
  }

  /** Inserts a raw or escaped control character after a quote, where names and strings begin. */
  private static byte[] afterQuote(byte[] bytes, int place, Random random) {
    int i = place;
    while (i < bytes.length && bytes[i] != '"') {
      i++;
    }
    int character = random.nextInt(32);
    return replaced(
        bytes,
        Math.min(bytes.length, i + 1),
        0,
        random.nextBoolean()
            ? new byte[] {(byte) character}
            : "\\u%04x".formatted(character).getBytes(UTF_8));
  }

  private static byte[] replaced(byte[] bytes, int place, int length, byte... by) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.write(bytes, 0, place);
    all.writeBytes(by);
    int rest = Math.min(bytes.length, place + length);
    all.write(bytes, rest, bytes.length - rest);
    return all.toByteArray();
  }
}
