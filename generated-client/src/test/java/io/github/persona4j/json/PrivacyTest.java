package io.github.persona4j.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.persona4j.json.Shape.Sample;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * No value of an answer comes out of {@code toString()} or an exception, wherever it stood. Types
 * and IDs are shown, and what the description opens with {@code x-safe-to-log}.
 */
class PrivacyTest {
  private static final long SEED = 1207;
  private static final String TEXT = "s3cret";
  private static final String NUMBER = "70131";

  private final Random random = new Random(SEED);

  @ParameterizedTest
  @EnumSource
  void valuesEverywhere_shownOrFailing_neverComeOut(Descriptions description) {
    List<String> tags = new ArrayList<>(description.tags());
    description
        .all()
        .forEach(
            (name, type) -> {
              for (int i = 0; i < 30; i++) {
                Shape shape = Shape.of(type);
                String json = new Seeded(tags).described(shape, 0);
                String place = "seed %d, %s no. %d: %s".formatted(SEED, name, i, json);
                Object decoded = type.fromJson(json, false);
                checkReachable(decoded, place);
                checkFailing(() -> type.fromJson(json, true), place);
                checkFailing(() -> type.fromJson("[" + json + "]", false), place);
                checkFailing(
                    () -> type.fromJson(json.substring(0, json.length() * 2 / 3), false), place);
                checkFailing(() -> type.fromJson(json.replaceAll(":", ":!"), false), place);
                checkFailing(
                    () ->
                        type.fromJson(json.replaceFirst("\\{", "{\"twice\":1,\"twice\":1,"), false),
                    place);
              }
            });
  }

  private static void checkFailing(Runnable decoding, String place) {
    try {
      decoding.run();
    } catch (RuntimeException e) {
      checkError(e, place);
    }
  }

  private static void checkError(Throwable error, String place) {
    for (Throwable e = error; e != null; e = e.getCause()) {
      assertThat(e.toString()).as(place).doesNotContain(TEXT, NUMBER);
      assertThat(e).as(place).isInstanceOf(JsonException.class);
    }
  }

  private static void checkReachable(Object root, String place) {
    Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    Deque<Object> open = new ArrayDeque<>(List.of(root));
    while (!open.isEmpty()) {
      Object object = open.pop();
      // Texts, numbers and texts of open sets are the values themselves.
      if (!(object instanceof JsonModel
              || object instanceof RawJson
              || object instanceof JsonValue
              || object instanceof FieldValue
              || object instanceof FieldValues
              || object instanceof List<?>
              || object instanceof Map<?, ?>)
          || !seen.add(object)) {
        continue;
      }
      if (!(object instanceof List<?>) || object instanceof JsonList<?>) {
        assertThat(object.toString()).as(place).doesNotContain(TEXT, NUMBER);
      }
      if (object instanceof List<?> list) {
        for (int i = 0; i < list.size(); i++) {
          int index = i;
          collect(() -> list.get(index), open, place);
        }
      } else if (object instanceof Map<?, ?> map) {
        map.keySet().forEach(key -> collect(() -> map.get(key), open, place));
      } else if (!(object instanceof JsonValue)) {
        for (Accessors.Outcome outcome : Accessors.callAll(object)) {
          if (outcome.error() != null) {
            checkError(outcome.error(), place);
          } else if (outcome.value() != null) {
            open.push(outcome.value());
          }
        }
      }
      if (object instanceof JsonModel model) {
        open.push(model.additionalProperties());
        model.propertyNames().forEach(name -> collect(() -> model.property(name), open, place));
      }
      if (object instanceof FieldValues fields) {
        fields.fieldNames().forEach(name -> collect(() -> fields.field(name), open, place));
      }
    }
  }

  private static void collect(
      java.util.function.Supplier<? extends @org.jspecify.annotations.Nullable Object> part,
      Deque<Object> open,
      String place) {
    try {
      Object value = part.get();
      if (value != null) {
        open.push(value);
      }
    } catch (RuntimeException e) {
      checkError(e, place);
    }
  }

  /** Values that can be told again, as described or not, everywhere but where they may be shown. */
  private final class Seeded {
    private final List<String> tags;

    Seeded(List<String> tags) {
      this.tags = tags;
    }

    String described(Shape shape, int depth) {
      Set<Sample> fitting = shape.fitting();
      if (fitting.size() == Sample.values().length) {
        return odd();
      }
      Sample sample = List.copyOf(fitting).get(random.nextInt(fitting.size()));
      return switch (sample) {
        case TEXT -> "\"" + TEXT + "\"";
        case DATE, DATE_TIME, BOOLEAN -> sample.json;
        case INTEGER -> NUMBER;
        case DECIMAL -> NUMBER + ".50";
        case LIST -> "[" + value(shape.item(), depth + 1) + "]";
        case OBJECT -> object(shape, depth + 1);
      };
    }

    private String value(Shape shape, int depth) {
      return random.nextInt(4) == 0 ? odd() : described(shape, depth);
    }

    private String odd() {
      return List.of(
              "\"" + TEXT + "\"",
              NUMBER,
              "-" + NUMBER + ".5e3",
              "[\"" + TEXT + "\"," + NUMBER + "]",
              "{\"x\":\"" + TEXT + "\",\"y\":{\"z\":" + NUMBER + "}}")
          .get(random.nextInt(5));
    }

    private String object(Shape shape, int depth) {
      Object slot = null;
      for (String sample : List.of("{}", "{\"data\":{}}", "{\"data\":[]}")) {
        slot = slot == null ? shape.slot(sample) : slot;
      }
      if (slot instanceof JsonModel model) {
        return model(shape, model.modelType(), null, depth);
      }
      if (slot instanceof JsonMap<?>) {
        return "{\"a\":" + value(shape.value(), depth) + ",\"b\":" + odd() + "}";
      }
      if (slot instanceof UnknownResource) {
        String tag = random.nextInt(4) == 0 ? "future" : tags.get(random.nextInt(tags.size()));
        return shape.slot("{\"type\":\"" + tag + "\"}") instanceof JsonModel model
            ? model(shape, model.modelType(), tag, depth)
            : "{\"id\":\"1\",\"type\":\"" + tag + "\",\"attributes\":{\"x\":" + odd() + "}}";
      }
      return "{\"x\":" + odd() + "}";
    }

    private String model(
        Shape shape, ModelType<?> model, @org.jspecify.annotations.Nullable String tag, int depth) {
      Set<String> indispensable = Shape.indispensable(model);
      List<String> members = new ArrayList<>();
      for (String name : model.properties()) {
        Shape property = shape.property(model, name);
        if (name.equals("type") || name.equals("id")) {
          members.add("\"" + name + "\":\"" + Objects.requireNonNullElse(tag, "shown") + "\"");
        } else if (model.isSafeToLog(name)) {
          members.add("\"" + name + "\":\"shown\"");
        } else if (indispensable.contains(name)) {
          members.add("\"" + name + "\":" + described(property, depth));
        } else if (depth < 6) {
          members.add("\"" + name + "\":" + value(property, depth));
        }
      }
      members.add("\"unknown\":" + odd());
      Collections.shuffle(members, random);
      return "{" + String.join(",", members) + "}";
    }
  }
}
