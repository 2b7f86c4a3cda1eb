package io.github.persona4j.json;

import io.github.persona4j.json.JsonTokens.Token;
import io.github.persona4j.json.MalformedJsonException.Reason;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Copies values from tokens to an output as compact JSON, and charges the budget for them. Uses no
 * recursion, however deep the values are nested. Not thread-safe.
 */
final class RawReader {
  private static final int FEW = 32;
  private static final int FIRST_DEPTH = 16;

  private final JsonTokens tokens;

  // The names so far of the open objects, to find one that occurs twice. Few of one object are
  // compared with each other; many are in a set.
  private String[] names = new String[FEW];
  private int nameCount;
  private int[] starts = new int[FIRST_DEPTH]; // of the names of each object
  private final List<@Nullable Set<String>> sets = new ArrayList<>(); // of each object
  private int objects;

  RawReader(JsonTokens tokens) {
    this.tokens = tokens;
  }

  /** Copies the next value. */
  void value(JsonOutput to) throws IOException {
    copy(to, tokens.levels(), "");
  }

  /** Copies an object of which the opening and a first text were taken. */
  void restAfter(String name, String text, JsonOutput to) throws IOException {
    begin(name, to);
    int before = to.size();
    to.text(text);
    charge(DecodingBudget.RAW_VALUE, before, to);
    copy(to, tokens.levels() - 1, "");
  }

  /**
   * Copies an object of which the opening and a first name were taken.
   *
   * @param tagName the name of a text to look for among the other members
   * @return that text, null if there is none
   */
  @Nullable String restAfter(String name, JsonOutput to, String tagName) throws IOException {
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

  /** Copies until so many arrays and objects are open; gives the text of a member of the first. */
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
              && tokens.peek() == Token.TEXT) {
            tag = tokens.nextText();
            to.text(tag);
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
        case TEXT -> tokens.copyText(to);
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

  /** Adds a name of the innermost object. */
  private void add(String name) {
    int start = starts[objects - 1];
    Set<String> many = sets.get(objects - 1);
    if (many == null && nameCount - start == FEW) {
      many = new HashSet<>(Arrays.asList(names).subList(start, nameCount));
      sets.set(objects - 1, many);
    }
    if (many == null ? isAmong(start, name) : !many.add(name)) {
      throw new MalformedJsonException(Reason.DUPLICATE_KEY, tokens.path(), "");
    }
    if (many == null) {
      push(name);
    }
  }

  private boolean isAmong(int start, String name) {
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
