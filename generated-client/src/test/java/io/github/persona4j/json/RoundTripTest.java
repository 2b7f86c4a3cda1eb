package io.github.persona4j.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.lang.reflect.InvocationTargetException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Decode then encode loses nothing, whatever the JSON is. */
class RoundTripTest {
  private static final int OBJECTS_PER_TYPE = 60;
  private static final long SEED = 20_251_208;

  @ParameterizedTest
  @EnumSource
  void anyJson_decodedAndEncoded_isEqual(Descriptions description) {
    RandomJson random = new RandomJson(SEED, description.tags());
    description
        .all()
        .forEach(
            (name, type) -> {
              Shape shape = Shape.of(type);
              for (int i = 0; i < OBJECTS_PER_TYPE; i++) {
                String json = random.described(shape);
                try {
                  checkRoundTrip(type, json);
                } catch (RuntimeException | AssertionError e) {
                  fail("seed %d, %s no. %d: %s%n%s", SEED, name, i, json, e);
                }
              }
            });
  }

  private static <T> void checkRoundTrip(JsonType<T> type, String json) {
    T decoded = type.fromJson(json, false);
    String encoded = JsonValue.written(type.slot(decoded)).json();
    assertThat(Trees.of(encoded)).isEqualTo(Trees.of(json));

    T again = type.fromJson(encoded, false);
    assertThat(again).isEqualTo(decoded).hasSameHashCodeAs(decoded);
    assertThat(type.fromJson(json, false)).isEqualTo(decoded).hasSameHashCodeAs(decoded);

    if (decoded instanceof JsonModel model) {
      checkCopy(model);
    }
  }

  private static void checkCopy(JsonModel model) {
    Object copy;
    try {
      Object builder = model.getClass().getMethod("toBuilder").invoke(model);
      copy = builder.getClass().getMethod("build").invoke(builder);
    } catch (InvocationTargetException e) {
      assertThat(e.getCause())
          .isInstanceOf(IllegalStateException.class)
          .hasMessageMatching(model.modelType().name() + ": \\S+ is required");
      return;
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
    assertThat(copy).isEqualTo(model).isNotSameAs(model).hasSameHashCodeAs(model);
    assertThat(((JsonModel) copy).toJson()).isEqualTo(model.toJson());
  }

  @ParameterizedTest
  @EnumSource
  void equality_oneValueChanged_isGone(Descriptions description) {
    RandomJson random = new RandomJson(SEED, description.tags());
    description
        .models()
        .forEach(
            (name, type) -> {
              Shape shape = Shape.of(type);
              for (int i = 0; i < 20; i++) {
                String one = random.described(shape);
                String other = random.described(shape);
                Object first = type.fromJson(one, false);
                Object second = type.fromJson(other, false);
                assertThat(first.equals(second))
                    .as("seed %d, %s: %s and %s", SEED, name, one, other)
                    .isEqualTo(java.util.Objects.equals(Trees.of(one), Trees.of(other)));
              }
            });
  }
}
