package io.github.persona4j.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.persona4j.json.Shape.Sample;
import io.github.persona4j.model.InquiryFields;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * {@code toString()} and exceptions contain no value of a response and no name that a user chose.
 * They contain types, IDs, values marked {@code x-safe-to-log} in the description, and other
 * unknown names, truncated and on one line.
 */
class PrivacyTest {
  private static final long SEED = 1207;
  private static final String TEXT = "s3cret";
  private static final String NUMBER = "70131";

  /** A name that a user chose, as JSON. */
  private static final String OWN_NAME = "n4me of Zo\u00eb\\r\\n\\u202e";

  /**
   * Suffixes of a name, a type or an ID that would forge a line, change its direction, or fill a
   * log.
   */
  private static final List<String> HOSTILE_SUFFIXES =
      List.of(
          "",
          "",
          "\\r\\nforged",
          "\\u0000\\u001b[2J",
          "\\u202e\\u2028x",
          "\u0085y",
          "z".repeat(300));

  private static final Pattern INVISIBLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]");

  /** The names of the largest models have a few thousand characters. */
  private static final int MAX_LENGTH = 6_000;

  private final Random random = new Random(SEED);

  @ParameterizedTest
  @EnumSource
  void valuesEverywhere_shownOrFailing_areNeverRevealed(Descriptions description) {
    List<String> tags = new ArrayList<>(description.tags());
    description
        .all()
        .forEach(
            (name, type) -> {
              for (int i = 0; i < Fuzz.times(15); i++) {
                Shape shape = Shape.of(type);
                String json = new MarkedDocuments(tags).described(shape, 0);
                String document =
                    "seed %d, %s no. %d: %s"
                        .formatted(SEED, name, i, json.replaceAll("z{100,}", "zzz"));
                Object decoded = type.fromJson(json, false);
                checkReachable(decoded, document);
                checkFailing(() -> type.fromJson(json, true), document);
                checkFailing(() -> type.fromJson("[" + json + "]", false), document);
                checkFailing(
                    () -> type.fromJson(json.substring(0, json.length() * 2 / 3), false), document);
                checkFailing(() -> type.fromJson(json.replaceAll(":", ":!"), false), document);
                checkFailing(
                    () ->
                        type.fromJson(json.replaceFirst("\\{", "{\"twice\":1,\"twice\":1,"), false),
                    document);
              }
            });
  }

  private static void checkFailing(Runnable decoding, String document) {
    try {
      decoding.run();
    } catch (RuntimeException e) {
      checkError(e, document);
    }
  }

  private static void checkError(Throwable error, String document) {
    for (Throwable e = error; e != null; e = e.getCause()) {
      checkShown(e.toString(), 800, document);
      assertThat(e).as(document).isInstanceOf(JsonException.class);
      checkShown(((JsonException) e).path(), 400, document);
    }
  }

  private static void checkShown(String text, int maxLength, String document) {
    assertThat(text).as(document).doesNotContain(TEXT, NUMBER, "n4me");
    assertThat(INVISIBLE.matcher(text).find()).as("%s; %s", text, document).isFalse();
    assertThat(text.length()).as(document).isLessThanOrEqualTo(maxLength);
  }

  private static void checkReachable(Object root, String document) {
    Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    Deque<Object> open = new ArrayDeque<>(List.of(root));
    while (!open.isEmpty()) {
      Object object = open.pop();
      // Strings, numbers and open enums are the values themselves.
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
        checkShown(object.toString(), MAX_LENGTH, document);
      }
      if (object instanceof List<?> list) {
        for (int i = 0; i < list.size(); i++) {
          int index = i;
          collect(() -> list.get(index), open, document);
        }
      } else if (object instanceof Map<?, ?> map) {
        map.keySet().forEach(key -> collect(() -> map.get(key), open, document));
        map.entrySet().forEach(entry -> checkShown(entry.toString(), MAX_LENGTH, document));
      } else if (object instanceof JsonValue json) {
        if (json.kind() == JsonValue.Kind.OBJECT) {
          checkShown(json.asMap().toString(), MAX_LENGTH, document);
          checkShown(json.as(InquiryFields.TYPE).toString(), MAX_LENGTH, document);
        }
      } else {
        for (Accessors.Outcome outcome : Accessors.callAll(object)) {
          if (outcome.error() != null) {
            checkError(outcome.error(), document);
          } else if (outcome.value() != null) {
            open.push(outcome.value());
          }
        }
      }
      if (object instanceof JsonModel model) {
        open.push(model.additionalProperties());
        model.propertyNames().forEach(name -> collect(() -> model.property(name), open, document));
      }
      if (object instanceof FieldValues fields) {
        fields.fieldNames().forEach(name -> collect(() -> fields.field(name), open, document));
      }
    }
  }

  private static void collect(
      java.util.function.Supplier<? extends @org.jspecify.annotations.Nullable Object> part,
      Deque<Object> open,
      String document) {
    try {
      Object value = part.get();
      if (value != null) {
        open.push(value);
      }
    } catch (RuntimeException e) {
      checkError(e, document);
    }
  }

  /** Creates documents with recognizable values wherever values must not be shown. */
  private final class MarkedDocuments {
    private final List<String> tags;

    MarkedDocuments(List<String> tags) {
      this.tags = tags;
    }

    String described(Shape shape, int depth) {
      Set<Sample> fitting = shape.fitting();
      if (fitting.size() == Sample.values().length) {
        return unexpected();
      }
      Sample sample = List.copyOf(fitting).get(random.nextInt(fitting.size()));
      return switch (sample) {
        case STRING -> "\"" + TEXT + "\"";
        case DATE, DATE_TIME, BOOLEAN -> sample.json;
        case INTEGER -> NUMBER;
        case DECIMAL -> NUMBER + ".50";
        case LIST -> "[" + value(shape.item(), depth + 1) + "]";
        case OBJECT -> object(shape, depth + 1);
      };
    }

    private String value(Shape shape, int depth) {
      return random.nextInt(4) == 0 ? unexpected() : described(shape, depth);
    }

    private String unexpected() {
      return List.of(
              "\"" + TEXT + "\"",
              NUMBER,
              "-" + NUMBER + ".5e3",
              "[\"" + TEXT + "\"," + NUMBER + "]",
              "{\"x\":\"" + TEXT + "\",\"y\":{\"z\":" + NUMBER + "}}")
          .get(random.nextInt(5));
    }

    /** Returns the value of an unknown property, whose names a user may have chosen. */
    private String open() {
      return random.nextBoolean()
          ? unexpected()
          : "{\""
              + OWN_NAME
              + "\":{\"type\":\"string\",\""
              + OWN_NAME
              + "\":"
              + unexpected()
              + "}}";
    }

    private String hostileSuffix() {
      return HOSTILE_SUFFIXES.get(random.nextInt(HOSTILE_SUFFIXES.size()));
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
        return "{\"a"
            + OWN_NAME
            + "\":"
            + value(shape.value(), depth)
            + ",\""
            + OWN_NAME
            + "\":"
            + unexpected()
            + "}";
      }
      if (slot instanceof UnknownResource) {
        String tag = random.nextInt(4) == 0 ? "future" : tags.get(random.nextInt(tags.size()));
        return shape.slot("{\"type\":\"" + tag + "\"}") instanceof JsonModel model
            ? model(shape, model.modelType(), tag, depth)
            : "{\"id\":\"1"
                + hostileSuffix()
                + "\",\"type\":\""
                + tag
                + hostileSuffix()
                + "\",\"attributes\":{\"x\":"
                + open()
                + "}}";
      }
      return "{\"x\":" + open() + "}";
    }

    private String model(
        Shape shape, ModelType<?> model, @org.jspecify.annotations.Nullable String tag, int depth) {
      Set<String> indispensable = Shape.indispensable(model);
      List<String> members = new ArrayList<>();
      for (String name : model.properties()) {
        Shape property = shape.property(model, name);
        if (name.equals("type") || name.equals("id")) {
          String shown = tag == null || name.equals("id") ? "shown" + hostileSuffix() : tag;
          members.add("\"" + name + "\":\"" + shown + "\"");
        } else if (model.described(model.properties().indexOf(name) + 1).isLoggable()) {
          members.add("\"" + name + "\":\"shown" + hostileSuffix() + "\"");
        } else if (indispensable.contains(name)) {
          members.add("\"" + name + "\":" + described(property, depth));
        } else if (depth < 6) {
          members.add("\"" + name + "\":" + value(property, depth));
        }
      }
      String unknown = model.hasOwnNames() ? OWN_NAME : "unknown";
      for (int i = random.nextInt(20) == 0 ? 30 : 0; i >= 0; i--) {
        members.add("\"" + unknown + i + hostileSuffix() + "\":" + open());
      }
      Collections.shuffle(members, random);
      return "{" + String.join(",", members) + "}";
    }
  }
}
