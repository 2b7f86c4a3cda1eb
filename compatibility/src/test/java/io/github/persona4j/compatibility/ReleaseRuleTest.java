package io.github.persona4j.compatibility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReleaseRuleTest {
  private static final ApiChange REMOVED =
      new ApiChange(
          "io.github.persona4j.paging.Page$Builder",
          "size",
          "size(int)",
          "METHOD_REMOVED",
          true,
          true);
  private static final List<String> RELEASED =
      List.of("## [Unreleased]", "### Changed", "- `Page.Builder.size` -> `items`");

  private static List<String> changelog(String section, String entry) {
    return List.of(
        "## [Unreleased]",
        section,
        entry,
        "## [0.1.0]",
        "### Changed",
        "- `Page.Builder.size` -> `items`");
  }

  private static List<String> violations(String released, String built, List<String> changelog) {
    return new ReleaseRule(released, built, RELEASED, changelog).violations(List.of(REMOVED));
  }

  @ParameterizedTest
  @CsvSource({
    "0.1.0,0.2.0-SNAPSHOT",
    "0.1.0,1.0.0",
    "0.9.0,0.10.0",
    "1.4.0,2.0.0",
    "0.1.0-SNAPSHOT,0.1.0-SNAPSHOT",
    "0.1.0-SNAPSHOT,0.1.0"
  })
  void changeInANewMinorVersionWithAnEntry_isAllowed(String released, String built) {
    assertThat(violations(released, built, changelog("### Changed", "- `size` -> `items`")))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "0.1.0,0.1.1-SNAPSHOT,minor",
    "0.1.0,0.1.0,minor",
    "0.2.0,0.1.5,minor",
    "1.4.0,1.5.0,major",
    "1.4.0,1.4.1-SNAPSHOT,major"
  })
  void changeInAPatch_isAViolation(String released, String built, String number) {
    assertThat(violations(released, built, changelog("### Removed", "- `Builder`")))
        .singleElement()
        .asString()
        .contains(built, released, "a new " + number + " number");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "### Added|- `size`",
        "### Changed|- size is another method now",
        "### Changed|- `sizes`",
        "### Changed|- `count` -> `size`",
        "### Changed|- `Page.Builder.size` -> `items`"
      })
  void changeWithoutANewEntry_isAViolation(String section, String entry) {
    assertThat(violations("0.1.0", "0.2.0", changelog(section, entry)))
        .singleElement()
        .asString()
        .contains("`io.github.persona4j.paging.Page.Builder.size(int)`: method removed");
  }

  @ParameterizedTest
  @CsvSource({
    "### Changed,- `Builder` has other methods",
    "### Removed,- `Page.Builder.size(int)`",
    "### Changed,- `page.size()` -> `page.items()`"
  })
  void entryWithTheMethodOrItsClass_isFound(String section, String entry) {
    assertThat(violations("0.1.0", "0.2.0", changelog(section, entry))).isEmpty();
  }

  @Test
  void noChange_isAllowedInAPatch() {
    assertThat(new ReleaseRule("0.1.0", "0.1.1", List.of(), List.of()).violations(List.of()))
        .isEmpty();
  }

  @Test
  void versionWithoutThreeNumbers_isRejected() {
    assertThatThrownBy(() -> violations("0.1", "0.2", List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("three numbers");
  }
}
