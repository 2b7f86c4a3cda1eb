package io.github.persona4j.testing.internal.json;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Parses one JSON document strictly by RFC 8259. Gson has a strict mode only since version 2.11,
 * and the fake behaves the same with all versions.
 */
public final class StrictJsonParser {
  /** The maximum nesting depth of arrays and objects, which is that of Gson. */
  private static final int MAX_DEPTH = 255;

  /** Gson reads a number of 1024 characters or more as a string. */
  private static final int MAX_NUMBER_LENGTH = 1000;

  private static final Pattern NUMBER =
      Pattern.compile("-?+(?:0|[1-9][0-9]*+)(?:\\.[0-9]++)?+(?:[eE][+-]?+[0-9]++)?+");
  private static final Pattern HEX = Pattern.compile("[0-9a-fA-F]{4}");

  private static final int END = -1;

  private final String json;
  private int position;
  private int depth;

  private StrictJsonParser(String json) {
    this.json = json;
  }

  /**
   * Returns the document as a tree. If two members have the same name, the later one wins.
   *
   * @throws JsonParseException if the string is not exactly one JSON document; the message contains
   *     no part of the string
   */
  public static JsonElement parse(String json) {
    StrictJsonParser parser = new StrictJsonParser(json);
    JsonElement document = parser.value();
    if (parser.peek() != END) {
      throw parser.malformed();
    }
    return document;
  }

  private JsonElement value() {
    return switch (peek()) {
      case '{' -> object();
      case '[' -> array();
      case '"' -> new JsonPrimitive(string());
      case 't' -> literal("true", new JsonPrimitive(true));
      case 'f' -> literal("false", new JsonPrimitive(false));
      case 'n' -> literal("null", JsonNull.INSTANCE);
      default -> number();
    };
  }

  private JsonObject object() {
    JsonObject object = new JsonObject();
    open();
    if (!consume('}')) {
      do {
        if (peek() != '"') {
          throw malformed();
        }
        String name = string();
        expect(':');
        object.add(name, value());
      } while (consume(','));
      expect('}');
    }
    depth--;
    return object;
  }

  private JsonArray array() {
    JsonArray array = new JsonArray();
    open();
    if (!consume(']')) {
      do {
        array.add(value());
      } while (consume(','));
      expect(']');
    }
    depth--;
    return array;
  }

  private void open() {
    position++;
    if (++depth > MAX_DEPTH) {
      throw new JsonParseException("More than " + MAX_DEPTH + " levels of arrays and objects");
    }
  }

  private String string() {
    StringBuilder string = new StringBuilder();
    position++;
    while (position < json.length()) {
      char c = json.charAt(position++);
      if (c == '"') {
        return string.toString();
      }
      if (c < ' ') {
        throw malformed();
      }
      string.append(c == '\\' ? escaped() : c);
    }
    throw malformed();
  }

  private char escaped() {
    if (position == json.length()) {
      throw malformed();
    }
    char c = json.charAt(position++);
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> (char) Integer.parseInt(match(HEX), 16);
      default -> throw malformed();
    };
  }

  private JsonElement number() {
    String number = match(NUMBER);
    if (number.length() > MAX_NUMBER_LENGTH) {
      throw malformed();
    }
    return JsonParser.parseString(number); // keeps the digits unchanged
  }

  private JsonElement literal(String literal, JsonElement element) {
    if (!json.startsWith(literal, position)) {
      throw malformed();
    }
    position += literal.length();
    return element;
  }

  /** Consumes and returns the match of the pattern at the current position. */
  private String match(Pattern pattern) {
    Matcher matcher = pattern.matcher(json).region(position, json.length());
    if (!matcher.lookingAt()) {
      throw malformed();
    }
    position = matcher.end();
    return matcher.group();
  }

  private void expect(char c) {
    if (!consume(c)) {
      throw malformed();
    }
  }

  private boolean consume(char c) {
    boolean found = peek() == c;
    if (found) {
      position++;
    }
    return found;
  }

  /** Returns the peek character that is not white space, or {@link #END}, without consuming it. */
  private int peek() {
    while (position < json.length()) {
      char c = json.charAt(position);
      if (c != ' ' && c != '\n' && c != '\r' && c != '\t') {
        return c;
      }
      position++;
    }
    return END;
  }

  private JsonParseException malformed() {
    return new JsonParseException("Malformed JSON at character " + position);
  }
}
