package io.github.persona4j.testing.internal.importer;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads CSV as RFC 4180 describes it: values in quotes may contain commas, line breaks and doubled
 * quotes. Lines may end with a line feed only, and a byte order mark at the start is ignored.
 */
final class Csv {
  private static final int END = -1;

  private final String text;
  private int position;

  private Csv(String text) {
    this.text = text;
    this.position = text.startsWith("\ufeff") ? 1 : 0;
  }

  /**
   * Returns the rows with their values. Empty lines are left out.
   *
   * @throws IllegalArgumentException if a quote is not closed, or something follows a closing quote
   */
  static List<List<String>> read(String text) {
    Csv csv = new Csv(text);
    List<List<String>> rows = new ArrayList<>();
    while (csv.peek() != END) {
      List<String> row = csv.row();
      if (row.size() > 1 || !row.get(0).isEmpty()) {
        rows.add(row);
      }
    }
    return rows;
  }

  private List<String> row() {
    List<String> values = new ArrayList<>();
    values.add(value());
    while (peek() == ',') {
      position++;
      values.add(value());
    }
    if (peek() == '\r') {
      position++;
    }
    if (peek() == '\n') {
      position++;
    }
    return values;
  }

  private String value() {
    if (peek() == '"') {
      return quoted();
    }
    int start = position;
    while (!endsValue(peek())) {
      position++;
    }
    return text.substring(start, position).strip();
  }

  private String quoted() {
    StringBuilder value = new StringBuilder();
    position++;
    while (true) {
      int c = peek();
      if (c == END) {
        throw new IllegalArgumentException("A quote is not closed.");
      }
      position++;
      if (c != '"') {
        value.append((char) c);
      } else if (peek() == '"') {
        value.append('"');
        position++;
      } else if (endsValue(peek())) {
        return value.toString();
      } else {
        throw new IllegalArgumentException("A closing quote must end the value.");
      }
    }
  }

  private static boolean endsValue(int c) {
    return c == ',' || c == '\r' || c == '\n' || c == END;
  }

  private int peek() {
    return position < text.length() ? text.charAt(position) : END;
  }
}
