package io.github.persona4j.generator;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.persona4j.generator.JavaCode.Chain;
import io.github.persona4j.generator.JavaCode.Invocation;
import io.github.persona4j.generator.JavaCode.Lambda;
import io.github.persona4j.generator.JavaCode.Pair;
import io.github.persona4j.generator.JavaCode.Place;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class JavaCodeTest {
  private static final Place START = new Place(0, 0, 1);
  private static final String LONG = "x".repeat(40);

  private static Invocation set(String name, String value) {
    return new Invocation(name, List.of(JavaCode.string(value)));
  }

  private static JavaCode function(Invocation... setters) {
    return new Lambda("a", new Chain(JavaCode.of("a"), List.of(setters)));
  }

  @Test
  void call_thatFits_isOneLine() {
    JavaCode call = JavaCode.call("create", List.of(function(set("name", "Ada"))));

    assertThat(call.print(START)).isEqualTo("create(a -> a.name(\"Ada\"))");
  }

  @Test
  void function_thatDoesNotFit_hasALineForEachSetter() {
    JavaCode call =
        JavaCode.call(
            "update",
            List.of(JavaCode.string("id"), function(set("first", LONG), set("last", LONG))));

    assertThat(call.print(START))
        .isEqualTo(
            "update(\"id\", a -> a\n    .first(\"%s\")\n    .last(\"%s\"))".formatted(LONG, LONG));
  }

  @Test
  void arguments_thatFitOnTheNextLine_stayTogether() {
    JavaCode call =
        JavaCode.call(
            "someMethodWithALongName", List.of(JavaCode.string(LONG), JavaCode.string(LONG)));

    assertThat(call.print(START))
        .isEqualTo("someMethodWithALongName(\n    \"%s\", \"%s\")".formatted(LONG, LONG));
  }

  @Test
  void arguments_thatDoNotFitOnOneLine_haveALineEach() {
    List<JavaCode> three = Stream.generate(() -> JavaCode.string(LONG)).limit(3).toList();

    assertThat(JavaCode.call("f", three).print(START).lines())
        .containsExactly(
            "f(", "    \"" + LONG + "\",", "    \"" + LONG + "\",", "    \"" + LONG + "\")");
  }

  @Test
  void pairs_stayTogether() {
    List<JavaCode> pairs =
        IntStream.range(0, 3)
            .<JavaCode>mapToObj(i -> new Pair(JavaCode.string("k" + i), JavaCode.string(LONG)))
            .toList();

    assertThat(JavaCode.call("Map.of", pairs).print(START).lines())
        .contains("    \"k0\", \"" + LONG + "\",");
  }

  @Test
  void whatFollows_countsForTheWidth() {
    JavaCode call = JavaCode.call("f", List.of(JavaCode.string("x".repeat(80)), JavaCode.of("1")));

    assertThat(call.print(new Place(0, 0, 2))).doesNotContain("\n");
    assertThat(call.print(new Place(0, 0, 20))).contains("\n");
  }

  @Test
  void callWithoutArguments_isNeverBroken() {
    assertThat(JavaCode.call("f".repeat(200), List.of()).print(START)).endsWith("f()");
  }

  @Test
  void string_escapesWhatALiteralCannotContain() {
    assertThat(JavaCode.string("a\"b\\c\nd\re\tf\u0001é").onOneLine())
        .isEqualTo("\"a\\\"b\\\\c\\nd\\re\\tf\\u0001é\"");
  }
}
