package io.github.persona4j.drift;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each rule with the smallest pair of descriptions, in both directions. */
class RulesTest {
  @TempDir Path folder;

  static List<Pairs.Pair> pairs() {
    return Pairs.all();
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void pair_givesItsDifferences(Pairs.Pair pair) {
    assertThat(Pairs.found(folder, pair.from(), pair.to()))
        .containsExactlyInAnyOrderElementsOf(pair.expected());
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void reversedPair_givesItsDifferences(Pairs.Pair pair) {
    assertThat(Pairs.found(folder, pair.to(), pair.from()))
        .containsExactlyInAnyOrderElementsOf(pair.expectedReversed());
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void sameDescription_givesNothing(Pairs.Pair pair) {
    assertThat(Pairs.found(folder, pair.from(), pair.from())).isEmpty();
    assertThat(Pairs.found(folder, pair.to(), pair.to())).isEmpty();
  }

  @Test
  void pairs_areMany() {
    List<Pairs.Pair> pairs = pairs();
    assertThat(pairs.stream().map(Pairs.Pair::name)).doesNotHaveDuplicates();
    assertThat(pairs.stream().filter(pair -> !pair.expected().isEmpty())).hasSizeGreaterThan(120);
  }
}
