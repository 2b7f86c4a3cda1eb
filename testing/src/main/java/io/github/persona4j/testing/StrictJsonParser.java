package io.github.persona4j.testing;

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
 * Parses one JSON document by the letter of RFC 8259. Gson has a strict mode only since version
 * 2.11, and the fake behaves alike on all versions.
 */
final class JsonText {
  /** How deep arrays and objects may be nested: as deep as Gson allows. */
  private static final int MAX_DEPTH = 255;

  /** Gson takes a number of 1024 characters or more for a string. */
  private static final int MAX_NUMBER_LENGTH = 1000;

  private static final Pattern NUMBER =
      Pattern.compile("-?+(?:0|[1-9][0-9]*+)(?:\\.[0-9]++)?+(?:[eE][+-]?+[0-9]++)?+");
  private static final Pattern HEX = Pattern.compile("[0-9a-fA-F]{4}");

  private static final int END = -1;

  private final String text;
  private int position;
  private int depth;

  private JsonText(String text) {
    this.text = text;
  }

  /**
   * The document as a tree. Of two members with one name, the later one counts.
   *
   * @throws JsonParseException when the text is not one JSON document; its message holds no part of
   *     the text
   */
  static JsonElement parse(String text) {
    JsonText parser = new JsonText(text);
    JsonElement document = parser.value();
    if (parser.next() != END) {
      throw parser.malformed();
    }
    return document;
  }

  private JsonElement value() {
    return switch (next()) {
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
    if (!take('}')) {
      do {
        if (next() != '"') {
          throw malformed();
        }
        String name = string();
        expect(':');
        object.add(name, value());
      } while (take(','));
      expect('}');
    }
    depth--;
    return object;
  }

  private JsonArray array() {
    JsonArray array = new JsonArray();
    open();
    if (!take(']')) {
      do {
        array.add(value());
      } while (take(','));
      expect(']');
    }
    depth--;
    return array;
  }

  private void open() {
    position++;
    if (++depth > MAX_DEPTH) {
      throw malformed();
    }
  }

  private String string() {
    StringBuilder string = new StringBuilder();
    position++;
    while (position < text.length()) {
      char c = text.charAt(position++);
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
    if (position == text.length()) {
      throw malformed();
    }
    char c = text.charAt(position++);
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
    return JsonParser.parseString(number); // an element that keeps the digits as they are
  }

  private JsonElement literal(String literal, JsonElement element) {
    if (!text.startsWith(literal, position)) {
      throw malformed();
    }
    position += literal.length();
    return element;
  }

  /** Takes what matches the pattern at the current position. */
  private String match(Pattern pattern) {
    Matcher matcher = pattern.matcher(text).region(position, text.length());
    if (!matcher.lookingAt()) {
      throw malformed();
    }
    position = matcher.end();
    return matcher.group();
  }

  private void expect(char c) {
    if (!take(c)) {
      throw malformed();
    }
  }

  private boolean take(char c) {
    boolean found = next() == c;
    if (found) {
      position++;
    }
    return found;
  }

  /** The next character that is not white space, or {@link #END}; it is not taken. */
  private int next() {
    while (position < text.length()) {
      char c = text.charAt(position);
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
