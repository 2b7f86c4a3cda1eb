package io.github.persona4j.generator;

import java.util.List;
import java.util.stream.Collectors;

/** A Java expression of an example, which is printed on one line if it fits, or else on several. */
sealed interface JavaCode {
  /** Fits into Javadoc, where each line has five more characters, and a line has at most 100. */
  int WIDTH = 95;

  /** Returns the expression on one line. */
  String onOneLine();

  /** Returns the expression on several lines where it can be broken. */
  String broken(Place place);

  /** Returns the expression in as few lines as fit. */
  default String print(Place place) {
    String line = onOneLine();
    return place.fits(line) ? line : broken(place);
  }

  /**
   * Where an expression is printed.
   *
   * @param indent of the line that it is in
   * @param column at which it starts
   * @param tail how many characters follow its last line
   */
  record Place(int indent, int column, int tail) {
    private static final int STEP = 4;

    boolean fits(String line) {
      return column + line.length() + tail <= WIDTH;
    }

    Place after(String text) {
      return new Place(indent, column + text.length(), tail);
    }

    Place before(int more) {
      return new Place(indent, column, tail + more);
    }

    Place nextLine(int tail) {
      return new Place(indent + STEP, indent + STEP, tail);
    }

    String newLine() {
      return "\n" + " ".repeat(indent + STEP);
    }
  }

  /** Returns an expression that is never broken. */
  static JavaCode of(String text) {
    return new Plain(text);
  }

  /** Returns the call of a static method. */
  static JavaCode call(String method, List<JavaCode> arguments) {
    return new Invocation(method, arguments);
  }

  /** Returns a literal. */
  static JavaCode string(String value) {
    StringBuilder literal = new StringBuilder("\"");
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '"' -> literal.append("\\\"");
        case '\\' -> literal.append("\\\\");
        case '\n' -> literal.append("\\n");
        case '\r' -> literal.append("\\r");
        case '\t' -> literal.append("\\t");
        default -> {
          if (Character.isISOControl(c)) {
            literal.append(String.format("\\u%04x", (int) c));
          } else {
            literal.append(c);
          }
        }
      }
    }
    return new Plain(literal.append('"').toString());
  }

  /** A key and its value, which stay together. */
  record Pair(JavaCode key, JavaCode value) implements JavaCode {
    @Override
    public String onOneLine() {
      return key.onOneLine() + ", " + value.onOneLine();
    }

    @Override
    public String broken(Place place) {
      String start = key.onOneLine() + ", ";
      return start + value.print(place.after(start));
    }
  }

  /** A text. */
  record Plain(String onOneLine) implements JavaCode {
    @Override
    public String broken(Place place) {
      return onOneLine;
    }
  }

  /** A method with arguments; each has a line of its own if they do not fit. */
  record Invocation(String method, List<JavaCode> arguments) implements JavaCode {
    @Override
    public String onOneLine() {
      return method
          + arguments.stream().map(JavaCode::onOneLine).collect(Collectors.joining(", ", "(", ")"));
    }

    @Override
    public String broken(Place place) {
      if (arguments.isEmpty()) {
        return onOneLine();
      }
      List<JavaCode> first = arguments.subList(0, arguments.size() - 1);
      JavaCode last = arguments.get(arguments.size() - 1);
      String start =
          method
              + "("
              + first.stream().map(code -> code.onOneLine() + ", ").collect(Collectors.joining());
      String all = arguments.stream().map(JavaCode::onOneLine).collect(Collectors.joining(", "));
      if (!(last instanceof Lambda) && place.nextLine(place.tail() + 1).fits(all)) {
        return method + "(" + place.newLine() + all + ")";
      }
      boolean isHugged =
          (first.isEmpty() || last instanceof Lambda)
              && first.stream().allMatch(Plain.class::isInstance)
              && (!(last instanceof Plain) || place.after(start).before(1).fits(last.onOneLine()))
              && place.column() + start.length() < WIDTH - 10;
      if (isHugged) {
        return start + last.print(place.after(start).before(1)) + ")";
      }
      Place inner = place.nextLine(1);
      return arguments.stream()
          .map(argument -> place.newLine() + argument.print(inner))
          .collect(Collectors.joining(",", method + "(", ")"));
    }
  }

  /** A function that calls setters of its parameter. */
  record Lambda(String parameter, JavaCode body) implements JavaCode {
    @Override
    public String onOneLine() {
      return parameter + " -> " + body.onOneLine();
    }

    @Override
    public String broken(Place place) {
      String start = parameter + " -> ";
      return start + body.print(place.after(start));
    }
  }

  /** Calls of methods, one after the other; each has a line of its own if they do not fit. */
  record Chain(JavaCode receiver, List<Invocation> calls) implements JavaCode {
    @Override
    public String onOneLine() {
      return receiver.onOneLine()
          + calls.stream().map(call -> "." + call.onOneLine()).collect(Collectors.joining());
    }

    @Override
    public String broken(Place place) {
      StringBuilder text =
          new StringBuilder(receiver.print(new Place(place.indent(), place.column(), 0)));
      for (int i = 0; i < calls.size(); i++) {
        boolean isLast = i == calls.size() - 1;
        Place next = place.nextLine(isLast ? place.tail() : 0).after(".");
        text.append(place.newLine()).append('.').append(calls.get(i).print(next));
      }
      return text.toString();
    }
  }
}
