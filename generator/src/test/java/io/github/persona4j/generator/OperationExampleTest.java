package io.github.persona4j.generator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OperationExampleTest {
  private static OperationExample example(String text) {
    return new OperationExample(
        "addTag", List.of("String", "List"), text, List.of(), Map.of(), null, true);
  }

  @Test
  void javadoc_isCode() {
    assertThat(example("for (Tag tag : tags) {\n  tag.mail(\"a@b.example\");\n}").javadoc())
        .isEqualTo("<pre>{@code\nfor (Tag tag : tags) {\n  tag.mail(\"a@b.example\");\n}\n}</pre>");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"f(\"*/\");", "f(\"{\");", "f(\"}{\");", "f(\n    @A b);", "f(\"C:\\\\users\");"})
  void javadoc_ofCodeThatWouldEndTheTagOrTheComment_isEscaped(String text) {
    String javadoc = example(text).javadoc();

    assertThat(javadoc).startsWith("<pre>\n").doesNotContain("*/", "{", "}", "@", "\\u");
  }

  @Test
  void javadoc_escapesMarkup() {
    assertThat(example("List<A> a = f(\"{\" && \"&lt;\");").javadoc())
        .contains("List&lt;A&gt; a = f(\"&#123;\" &amp;&amp; \"&amp;lt;\");");
  }

  @Test
  void calls_comparesNamesAndTypesOfParameters() {
    Form form =
        new Form(
            "addTag",
            List.of(
                Parameter.required("String", "id", ""),
                Parameter.optional("List<String>", "names", "")),
            "",
            "");

    assertThat(example("").calls("addTag", form)).isTrue();
    assertThat(example("").calls("removeTag", form)).isFalse();
    assertThat(
            example("")
                .calls("addTag", new Form("addTag", form.parameters().subList(0, 1), "", "")))
        .isFalse();
  }
}
