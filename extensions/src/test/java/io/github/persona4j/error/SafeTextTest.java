package io.github.persona4j.error;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SafeTextTest {
  @Test
  void shortText_staysAsItIs() {
    assertThat(SafeText.of("abcde", 5)).isEqualTo("abcde");
    assertThat(SafeText.of("", 5)).isEmpty();
  }

  @Test
  void longText_isCutWithAnEllipsis() {
    assertThat(SafeText.of("abcdef", 5)).isEqualTo("abcd…");
    assertThat(SafeText.of("abcd ef", 5)).isEqualTo("abcd…");
    assertThat(SafeText.of("abcde  \n", 5)).isEqualTo("abcde");
  }

  @Test
  void cut_leavesNoHalfCharacter() {
    assertThat(SafeText.of("abc\uD83D\uDE00def", 5)).isEqualTo("abc…");
  }

  @Test
  void invisibleCharacters_becomeOneSpace() {
    assertThat(SafeText.of(" a\r\n\tb\u0000\u2028\u202Ec\u001B ", 20)).isEqualTo("a b c");
  }
}
