package io.github.persona4j.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** Untrusted strings on one line of a message. */
class SafeTextTest {
  @Test
  void shortString_isUnchanged() {
    assertThat(SafeText.of("abcde", 5)).isEqualTo("abcde");
    assertThat(SafeText.of("", 5)).isEmpty();
    assertThat(SafeText.of("verification.passed-readiness_check/x v1.0 Zo\u00eb \ud83d\ude00"))
        .isEqualTo("verification.passed-readiness_check/x v1.0 Zo\u00eb \ud83d\ude00");
  }

  @Test
  void longString_isTruncated() {
    assertThat(SafeText.of("abcdef", 5)).isEqualTo("abcd…");
    assertThat(SafeText.of("abcd ef", 5)).isEqualTo("abcd…");
    assertThat(SafeText.of("abcde  \n", 5)).isEqualTo("abcde");
    assertThat(SafeText.of("ab", 1)).isEqualTo("…");
    assertThat(SafeText.of("\uD83D\uDE00", 1)).isEqualTo("…");
    assertThat(SafeText.of("x".repeat(3_000_000))).isEqualTo("x".repeat(99) + "…");
    assertThat(SafeText.of("\n".repeat(3_000_000))).isEmpty();
  }

  @Test
  void surrogatePair_isNotSplit() {
    assertThat(SafeText.of("abc\uD83D\uDE00def", 5)).isEqualTo("abc…");
    assertThat(SafeText.of("abc\uD83D\uDE00", 4)).isEqualTo("abc…");
    assertThat(SafeText.of("abc\uD83D\uDE00", 5)).isEqualTo("abc\uD83D\uDE00");
  }

  @Test
  void invisibleCharacters_becomeOneSpace() {
    assertThat(SafeText.of(" a\r\n\tb\u0000\u2028\u202Ec\u001B ", 20)).isEqualTo("a b c");
    assertThat(SafeText.of("a\uD83Db\uDE00c\u0085d\u00a0e\u3000f", 20)).isEqualTo("a b c d e f");
    // Tags and musical symbols are format characters beyond the basic plane.
    assertThat(SafeText.of("a\uDB40\uDC41b\uD834\uDD73c", 20)).isEqualTo("a b c");
  }

  @Test
  void anyString_becomesOneLineOfLimitedLength() {
    Random random = new Random(1205);
    for (int i = 0; i < 100_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int j = random.nextInt(12); j > 0; j--) {
        text.append((char) random.nextInt(j % 2 == 0 ? 0x100 : 0x10000));
      }
      int max = 1 + random.nextInt(10);

      String line = SafeText.of(text.toString(), max);

      assertThat(line.length()).isLessThanOrEqualTo(max);
      assertThat(line).doesNotMatch("(?s).*[\\p{C}\\p{Zl}\\p{Zp}&&[^\\p{Cn}\\p{Co}]].*");
      assertThat(line).isEqualTo(line.strip());
      assertThat(SafeText.of(line, max)).isEqualTo(line);
    }
  }
}
