package io.github.persona4j.json;

import io.github.persona4j.json.JsonTokenizer.Token;
import io.github.persona4j.json.MalformedJsonException.Reason;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Copies values from a tokenizer to an output as compact JSON and charges them to the budget. Does
 * not use recursion, so nesting is not limited by the stack. Not thread-safe.
 */
final class RawJsonReader {
  private static final int MAX_COMPARED_NAMES = 32;
  private static final int INITIAL_DEPTH = 16;

  private final JsonTokenizer tokens;

  // The names of the open objects so far, to detect duplicates. A few names of one object are
  // compared with each other, more of them are in a set.
  private String[] names = new String[MAX_COMPARED_NAMES];
  private int nameCount;
  private int[] starts = new int[INITIAL_DEPTH]; // the index of the first name of each object
  private final List<@Nullable Set<String>> sets = new ArrayList<>(); // for each object, or null
  private int objects;

  RawJsonReader(JsonTokenizer tokens) {
    this.tokens = tokens;
  }

  /** Copies the next value. */
  void value(JsonOutput to) throws IOException {
    copy(to, tokens.levels(), "");
  }

  /** Copies an object whose beginning and first member, a string, were consumed. */
  void copyRest(String name, String value, JsonOutput to) throws IOException {
    begin(name, to);
    int before = to.size();
    to.string(value);
    charge(DecodingBudget.RAW_VALUE, before, to);
    copy(to, tokens.levels() - 1, "");
  }

  /**
   * Copies an object whose beginning and first name were consumed.
   *
   * @param tagName the name of a string to find in the rest of the object
   * @return that string, or null if there is none
   */
  @Nullable String copyRest(String name, JsonOutput to, String tagName) throws IOException {
    begin(name, to);
    return copy(to, tokens.levels() - 1, tagName);
  }

  private void begin(String name, JsonOutput to) {
    int before = to.size();
    to.beginObject();
    open();
    to.name(name);
    add(name);
    charge(DecodingBudget.RAW_VALUE + DecodingBudget.RAW_NAME, before, to);
  }

  /**
   * Copies until this number of arrays and objects is open; returns the tag of the outermost
   * object.
   */
  private @Nullable String copy(JsonOutput to, int levels, String tagName) throws IOException {
    String tag = null;
    do {
      int before = to.size();
      int cost = DecodingBudget.RAW_VALUE;
      switch (tokens.peek()) {
        case NAME -> {
          String name = tokens.copyName(to);
          add(name);
          cost = DecodingBudget.RAW_NAME;
          if (name.equals(tagName)
              && tokens.levels() == levels + 1
              && tokens.peek() == Token.STRING) {
            tag = tokens.nextString();
            to.string(tag);
            cost += DecodingBudget.RAW_VALUE;
          }
        }
        case BEGIN_OBJECT -> {
          tokens.beginObject();
          to.beginObject();
          open();
        }
        case END_OBJECT -> {
          tokens.endObject();
          to.endObject();
          close();
          cost = 0;
        }
        case BEGIN_ARRAY -> {
          tokens.beginArray();
          to.beginArray();
        }
        case END_ARRAY -> {
          tokens.endArray();
          to.endArray();
          cost = 0;
        }
        case STRING -> tokens.copyString(to);
        case NUMBER -> to.raw(tokens.nextNumber());
        case BOOLEAN -> to.raw(tokens.nextBoolean() ? "true" : "false");
        default -> {
          tokens.nextNull();
          to.raw("null");
        }
      }
      charge(cost, before, to);
    } while (tokens.levels() > levels);
    return tag;
  }

  private void charge(int cost, int before, JsonOutput to) {
    tokens.chargeRaw(to.size());
    tokens.charge(cost + (long) (to.size() - before) * DecodingBudget.RAW_BYTE);
  }

  private void open() {
    if (objects == starts.length) {
      starts = Arrays.copyOf(starts, objects * 2);
    }
    starts[objects++] = nameCount;
    sets.add(null);
  }

  private void close() {
    objects--;
    nameCount = starts[objects];
    sets.remove(objects);
  }

  /** Adds a name of the current object, or throws if it is a duplicate. */
  private void add(String name) {
    int start = starts[objects - 1];
    Set<String> set = sets.get(objects - 1);
    if (set == null && nameCount - start == MAX_COMPARED_NAMES) {
      set = new HashSet<>(Arrays.asList(names).subList(start, nameCount));
      sets.set(objects - 1, set);
    }
    if (set == null ? contains(start, name) : !set.add(name)) {
      throw new MalformedJsonException(Reason.DUPLICATE_KEY, tokens.path(), "");
    }
    if (set == null) {
      push(name);
    }
  }

  private boolean contains(int start, String name) {
    for (int i = start; i < nameCount; i++) {
      if (name.equals(names[i])) {
        return true;
      }
    }
    return false;
  }

  private void push(String name) {
    if (nameCount == names.length) {
      names = Arrays.copyOf(names, nameCount * 2);
    }
    names[nameCount++] = name;
  }
}
