package io.github.persona4j.json;

import io.github.persona4j.json.Shape.Sample;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * Random JSON documents, reproducible by seed: expected and unexpected values, unknown properties,
 * nulls, numbers in every format, strings with all kinds of characters and escapes.
 */
final class RandomJson {
  private static final int MAX_DEPTH = 5;
  private static final List<String> NUMBERS =
      List.of(
          "0",
          "-0",
          "-0.0",
          "1.0",
          "1.50",
          "1e5",
          "1E+5",
          "-2.5e-7",
          "9223372036854775807",
          "9223372036854775808",
          "-9223372036854775808",
          "12345678901234567890123456789012345678901234567890",
          "0.1000000000000000055511151231257827021181583404541015625",
          "3.141592653589793238462643383279502884197169399375105820974944",
          "1e400",
          "-1e-400",
          "1e2147483647",
          "1e99999999999999");
  private static final List<String> TEXTS =
      List.of(
          "",
          "a",
          "inquiry",
          "2025-12-08",
          "2025-12-08T10:15:30.123Z",
          "2025-02-30",
          "\"\\/\b\f\n\r\t",
          "\0\1\37\177",
          "<a href='x'>&amp;</a>",
          "\u2028\u2029\ufeff\uffff",
          "Zoë Ünïcödé 漢字",
          "😀🏳️‍🌈",
          "\ud83d",
          "\ude00",
          "x\ude00\ud83dy",
          "null",
          "{\"a\":[1]}");

  private final Random random;
  private final List<String> tags;

  RandomJson(long seed, Set<String> tags) {
    this.random = new Random(seed);
    this.tags = new ArrayList<>(tags);
  }

  /** Returns a value of the expected shape, which may contain unexpected values. */
  String described(Shape shape) {
    String json = described(shape, 0);
    // A number may be out of range.
    return shape.slot(json) instanceof UnexpectedValue ? described(shape) : json;
  }

  /** Returns any value. */
  String any() {
    return any(1);
  }

  private String value(Shape shape, int depth) {
    int chance = random.nextInt(100);
    if (chance < 8) {
      return "null";
    }
    return chance < 20 ? any(depth) : described(shape, depth);
  }

  private String described(Shape shape, int depth) {
    Set<Sample> fitting = shape.fitting();
    if (fitting.size() == Sample.values().length) {
      return any(depth);
    }
    Sample sample = new ArrayList<>(fitting).get(random.nextInt(fitting.size()));
    return switch (sample) {
      case STRING -> random.nextInt(5) == 0 && !tags.isEmpty() ? quote(tag()) : string();
      case DATE -> "\"" + date() + "\"";
      case DATE_TIME -> "\"" + date() + "T" + time() + "\"";
      case INTEGER -> Long.toString(random.nextLong() >> random.nextInt(63));
      case DECIMAL -> number();
      case BOOLEAN -> Boolean.toString(random.nextBoolean());
      case LIST -> list(shape.item(), depth + 1);
      case OBJECT -> object(shape, depth + 1);
    };
  }

  private String list(Shape items, int depth) {
    List<String> parts = new ArrayList<>();
    for (int i = depth > MAX_DEPTH ? 0 : random.nextInt(4); i > 0; i--) {
      parts.add(value(items, depth));
    }
    return space() + "[" + String.join(space() + "," + space(), parts) + space() + "]";
  }

  private String object(Shape shape, int depth) {
    Object slot = shape.slot("{}");
    if (slot == null) {
      slot = envelope(shape);
    }
    if (slot instanceof JsonModel model) {
      return model(shape, model.modelType(), depth, new LinkedHashMap<>());
    }
    if (slot instanceof JsonMap<?>) {
      Map<String, String> members = new LinkedHashMap<>();
      for (int i = random.nextInt(4); i > 0; i--) {
        members.put(random.nextInt(4) == 0 ? chars() : "key" + i, value(shape.value(), depth));
      }
      return write(members);
    }
    if (slot instanceof UnknownResource) {
      String tag = random.nextInt(5) == 0 ? "of/the-future" : tag();
      Map<String, String> members = new LinkedHashMap<>();
      if (random.nextInt(20) > 0) {
        members.put("type", quote(tag));
      }
      return shape.slot("{\"type\":\"" + tag + "\"}") instanceof JsonModel model
          ? model(shape, model.modelType(), depth, members)
          : write(unknown(members, depth));
    }
    return write(unknown(new LinkedHashMap<>(), depth));
  }

  private static JsonModel envelope(Shape shape) {
    for (String data : List.of("{}", "[]")) {
      if (shape.slot("{\"data\":" + data + "}") instanceof JsonModel model) {
        return model;
      }
    }
    throw new AssertionError("An envelope is to have data, which is an object or a list");
  }

  private String model(Shape shape, ModelType<?> model, int depth, Map<String, String> members) {
    Set<String> indispensable = Shape.indispensable(model);
    int most = Math.max(2, model.properties().size());
    for (String name : model.properties()) {
      Shape property = shape.property(model, name);
      if (indispensable.contains(name)) {
        members.put(name, described(property, depth));
      } else if (!members.containsKey(name) && depth <= MAX_DEPTH && random.nextInt(most) < 6) {
        members.put(name, value(property, depth));
      }
    }
    return write(random.nextInt(3) == 0 ? unknown(members, depth) : members);
  }

  private Map<String, String> unknown(Map<String, String> members, int depth) {
    for (int i = random.nextInt(3); i >= 0; i--) {
      members.putIfAbsent(
          random.nextInt(3) == 0 ? "unknown-" + chars() : "unknown-" + i, any(depth + 1));
    }
    return members;
  }

  private String any(int depth) {
    return switch (random.nextInt(depth > MAX_DEPTH ? 5 : 8)) {
      case 0 -> "null";
      case 1 -> Boolean.toString(random.nextBoolean());
      case 2 -> number();
      case 3, 4 -> string();
      case 5 -> {
        List<String> items = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
          items.add(any(depth + 1));
        }
        yield "[" + space() + String.join(",", items) + "]";
      }
      case 6 -> write(unknown(new LinkedHashMap<>(), depth));
      default -> {
        Map<String, String> members = new LinkedHashMap<>();
        members.put("type", quote(tag()));
        members.put("id", string());
        yield write(unknown(members, depth));
      }
    };
  }

  /** Writes the members in random order. */
  private String write(Map<String, String> members) {
    List<String> names = new ArrayList<>(new LinkedHashSet<>(members.keySet()));
    if (random.nextInt(4) == 0) {
      Collections.shuffle(names, random);
    }
    List<String> parts = new ArrayList<>();
    for (String name : names) {
      parts.add(quote(name) + space() + ":" + space() + members.get(name));
    }
    return space() + "{" + space() + String.join(space() + ",", parts) + space() + "}";
  }

  private String tag() {
    return tags.isEmpty() ? "none" : tags.get(random.nextInt(tags.size()));
  }

  private String date() {
    return "%04d-%02d-%02d"
        .formatted(random.nextInt(10_000), 1 + random.nextInt(12), 1 + random.nextInt(28));
  }

  private String time() {
    String fraction = "." + "%09d".formatted(random.nextInt(1_000_000_000));
    int digits = random.nextInt(10);
    return "%02d:%02d:%02d".formatted(random.nextInt(24), random.nextInt(60), random.nextInt(60))
        + (digits == 0 ? "" : fraction.substring(0, digits + 1))
        + (random.nextBoolean() ? "Z" : "+05:30");
  }

  private String number() {
    return random.nextBoolean()
        ? NUMBERS.get(random.nextInt(NUMBERS.size()))
        : random.nextInt() + "." + random.nextInt(1_000_000);
  }

  private String string() {
    return quote(chars());
  }

  private String chars() {
    if (random.nextInt(3) > 0) {
      return TEXTS.get(random.nextInt(TEXTS.size()));
    }
    StringBuilder chars = new StringBuilder();
    for (int i = random.nextInt(30); i > 0; i--) {
      chars.append((char) random.nextInt(random.nextInt(4) == 0 ? 0x10000 : 0x80));
    }
    return chars.toString();
  }

  /** Returns a string with all necessary escapes, and some others. */
  private String quote(String value) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\' || (c == '/' && random.nextBoolean())) {
        quoted.append('\\').append(c);
      } else if (c < ' ' || Character.isSurrogate(c) || random.nextInt(30) == 0) {
        quoted.append("\\u").append(Integer.toHexString(0x10000 + c), 1, 5);
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }

  private String space() {
    return random.nextInt(10) == 0 ? List.of(" ", "\n", "\t\r ").get(random.nextInt(3)) : "";
  }
}
