package io.github.persona4j.drift;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A value of a description: an object, an array, a string, a number, a boolean or null. Accessors
 * never fail: a value of another kind than expected counts as missing.
 */
final class Node {
  /** The file that the node is in. */
  final Document document;

  /** The line in the file, or 0 if it is not known. */
  final int line;

  private final @Nullable Object value;

  /** The value is a map or a list of nodes, a string, a {@link BigDecimal}, a boolean or null. */
  Node(Document document, int line, @Nullable Object value) {
    this.document = document;
    this.line = line;
    this.value = value;
  }

  boolean isObject() {
    return value instanceof Map;
  }

  boolean isArray() {
    return value instanceof List;
  }

  boolean isString() {
    return value instanceof String;
  }

  boolean isNumber() {
    return value instanceof BigDecimal;
  }

  boolean isBoolean() {
    return value instanceof Boolean;
  }

  boolean isNull() {
    return value == null;
  }

  boolean isTrue() {
    return Boolean.TRUE.equals(value);
  }

  boolean isFalse() {
    return Boolean.FALSE.equals(value);
  }

  @SuppressWarnings("unchecked")
  Map<String, Node> members() {
    return isObject() ? Collections.unmodifiableMap((Map<String, Node>) value) : Map.of();
  }

  @SuppressWarnings("unchecked")
  List<Node> items() {
    return isArray() ? Collections.unmodifiableList((List<Node>) value) : List.of();
  }

  /** Returns the member with the name, or null if there is none. */
  @Nullable Node get(String name) {
    return members().get(name);
  }

  boolean has(String name) {
    return members().containsKey(name);
  }

  /** Returns the members of the object with the name; empty if there is none. */
  Map<String, Node> members(String name) {
    Node member = get(name);
    return member == null ? Map.of() : member.members();
  }

  /** Returns the items of the array with the name; empty if there is none. */
  List<Node> items(String name) {
    Node member = get(name);
    return member == null ? List.of() : member.items();
  }

  boolean isTrue(String name) {
    Node member = get(name);
    return member != null && member.isTrue();
  }

  /** Returns the string with the name, or null if there is none. */
  @Nullable String string(String name) {
    Node member = get(name);
    return member == null ? null : member.asString();
  }

  @Nullable String asString() {
    return value instanceof String text ? text : null;
  }

  /** Returns the number with the name, or null if there is none. */
  @Nullable BigDecimal number(String name) {
    Node member = get(name);
    return member != null && member.value instanceof BigDecimal number ? number : null;
  }

  /** Returns the strings of the array with the name; other items are left out. */
  List<String> strings(String name) {
    List<String> strings = new ArrayList<>();
    for (Node item : items(name)) {
      if (item.value instanceof String text) {
        strings.add(text);
      }
    }
    return strings;
  }

  /** Returns the value as text; the same for equal values, for example 1 and 1.0. */
  String text() {
    if (value instanceof BigDecimal number) {
      return plain(number);
    }
    if (value instanceof Map) {
      StringBuilder text = new StringBuilder("{");
      members().keySet().stream()
          .sorted()
          .forEach(name -> text.append(name).append(": ").append(text(name)).append(", "));
      return close(text, '}');
    }
    if (value instanceof List) {
      StringBuilder text = new StringBuilder("[");
      items().forEach(item -> text.append(item.text()).append(", "));
      return close(text, ']');
    }
    return String.valueOf(value);
  }

  private String text(String name) {
    Node member = get(name);
    return member == null ? "" : member.text();
  }

  private static String close(StringBuilder text, char end) {
    if (text.length() > 1) {
      text.setLength(text.length() - 2);
    }
    return text.append(end).toString();
  }

  static String plain(BigDecimal number) {
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
  }

  /** Returns this object with members of the other, which replace those of the same name. */
  Node with(Node other) {
    Map<String, Node> members = new LinkedHashMap<>(members());
    members.putAll(other.members());
    members.remove("$ref");
    return new Node(document, line, members);
  }

  /** Returns the file and the line. */
  String place() {
    return line == 0 ? document.name() : document.name() + ":" + line;
  }

  @Override
  public String toString() {
    return place();
  }
}
