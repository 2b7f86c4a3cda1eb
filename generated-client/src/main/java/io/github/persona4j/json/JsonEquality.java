package io.github.persona4j.json;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Compares JSON by content: strings by characters, numbers by digits, objects regardless of the
 * order of properties. Does not use recursion, so nesting is not limited by the stack.
 */
final class JsonEquality {
  private static final int INITIAL_DEPTH = 16;

  private final JsonTokenizer tokens;

  private JsonEquality(String json) {
    this.tokens = JsonTokenizer.ofValue(json);
  }

  static boolean equal(String one, String other) {
    try {
      return equal(new JsonEquality(one).read(), new JsonEquality(other).read());
    } catch (IOException e) {
      throw new UncheckedIOException(e); // not possible in memory
    }
  }

  static int hash(String json) {
    try {
      return new JsonEquality(json).hash();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // not possible in memory
    }
  }

  private static boolean equal(Object one, Object other) {
    Deque<Object> ones = new ArrayDeque<>(List.of(one));
    Deque<Object> others = new ArrayDeque<>(List.of(other));
    while (!ones.isEmpty()) {
      Object a = ones.pop();
      Object b = others.pop();
      if (a instanceof List<?> items && b instanceof List<?> otherItems) {
        if (items.size() != otherItems.size()) {
          return false;
        }
        items.forEach(ones::push);
        otherItems.forEach(others::push);
      } else if (a instanceof Map<?, ?> members && b instanceof Map<?, ?> otherMembers) {
        if (members.size() != otherMembers.size()) {
          return false;
        }
        for (Map.Entry<?, ?> member : members.entrySet()) {
          Object otherValue = otherMembers.get(member.getKey());
          if (otherValue == null) {
            return false;
          }
          ones.push(member.getValue());
          others.push(otherValue);
        }
      } else if (!a.equals(b)) {
        return false;
      }
    }
    return true;
  }

  /** Reads the value as lists, maps, and comparable simple values. */
  private Object read() throws IOException {
    Deque<Object> open = new ArrayDeque<>();
    while (true) {
      Object value;
      switch (tokens.peek()) {
        case NAME -> {
          String unused = tokens.nextName();
          continue;
        }
        case BEGIN_ARRAY -> {
          tokens.beginArray();
          open.push(new ArrayList<>());
          continue;
        }
        case BEGIN_OBJECT -> {
          tokens.beginObject();
          open.push(new HashMap<>());
          continue;
        }
        case END_ARRAY -> {
          tokens.endArray();
          value = open.pop();
        }
        case END_OBJECT -> {
          tokens.endObject();
          value = open.pop();
        }
        default -> value = simple();
      }
      if (open.isEmpty()) {
        return value;
      }
      add(open.peek(), value);
    }
  }

  @SuppressWarnings("unchecked") // as created by read
  private void add(Object parent, Object value) {
    if (parent instanceof List<?> items) {
      ((List<Object>) items).add(value);
    } else {
      ((Map<String, Object>) parent).put(tokens.name(), value);
    }
  }

  private Object simple() throws IOException {
    return switch (tokens.peek()) {
      case STRING -> tokens.nextString();
      case BOOLEAN -> tokens.nextBoolean();
      case NUMBER -> JsonValue.raw(tokens.nextNumber());
      default -> {
        tokens.nextNull();
        yield ExplicitNull.NULL;
      }
    };
  }

  private int hash() throws IOException {
    int[] hashes = new int[INITIAL_DEPTH]; // of the open arrays and objects
    while (true) {
      int hash;
      switch (tokens.peek()) {
        case NAME -> {
          String unused = tokens.nextName();
          continue;
        }
        case BEGIN_ARRAY -> {
          tokens.beginArray();
          hashes = withLevel(hashes, 1);
          continue;
        }
        case BEGIN_OBJECT -> {
          tokens.beginObject();
          hashes = withLevel(hashes, 2);
          continue;
        }
        case END_ARRAY -> {
          hash = hashes[tokens.levels()];
          tokens.endArray();
        }
        case END_OBJECT -> {
          hash = hashes[tokens.levels()];
          tokens.endObject();
        }
        // Not that of ExplicitNull: the hash code of an enum differs between JVMs.
        case NULL -> {
          tokens.nextNull();
          hash = 0;
        }
        default -> hash = simple().hashCode();
      }
      int level = tokens.levels();
      if (level == 0) {
        return hash;
      }
      if (tokens.isInObject()) { // in any order
        hashes[level] += 31 * tokens.name().hashCode() ^ hash;
      } else {
        hashes[level] = 31 * hashes[level] + hash;
      }
    }
  }

  private int[] withLevel(int[] hashes, int start) {
    int level = tokens.levels();
    int[] result = level < hashes.length ? hashes : Arrays.copyOf(hashes, level * 2);
    result[level] = start;
    return result;
  }
}
