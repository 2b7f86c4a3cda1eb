package io.github.persona4j.internal.retry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The retry budget, in simulated time. */
class RetryBudgetTest {
  private final TestTimeSource time = new TestTimeSource();

  private static int spend(RetryBudget budget) {
    int spent = 0;
    while (budget.take()) {
      spent++;
    }
    return spent;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 50, 1_000_000})
  void spentBudget_isRefilledAfterOneMinute(int retries) {
    RetryBudget budget = new RetryBudget(retries, time);
    assertThat(spend(budget)).isEqualTo(retries);
    assertThat(budget.take()).isFalse();

    time.advance(Duration.ofMinutes(1));
    assertThat(spend(budget)).isEqualTo(retries);

    time.advance(Duration.ofDays(400));
    assertThat(spend(budget)).as("never more than the budget").isEqualTo(retries);
  }

  @Test
  void spentBudget_isRefilledEvenly() {
    RetryBudget budget = new RetryBudget(50, time);
    assertThat(spend(budget)).isEqualTo(50);

    time.advance(Duration.ofMillis(1199));
    assertThat(budget.take()).isFalse();
    time.advance(Duration.ofMillis(1));
    assertThat(spend(budget)).isEqualTo(1);
    for (int i = 0; i < 60; i++) {
      time.advance(Duration.ofMillis(100));
      if (budget.take()) {
        assertThat(i % 12).as("one permit in 1.2 s").isEqualTo(11);
      }
    }
    time.advance(Duration.ofSeconds(30));
    assertThat(spend(budget)).isEqualTo(25);
  }

  @Test
  void tenSuccesses_earnOneRetry() {
    RetryBudget budget = new RetryBudget(2, time);
    assertThat(spend(budget)).isEqualTo(2);

    for (int i = 0; i < 9; i++) {
      budget.earn();
    }
    assertThat(budget.take()).isFalse();
    budget.earn();
    assertThat(spend(budget)).isEqualTo(1);
    for (int i = 0; i < 1000; i++) {
      budget.earn();
    }
    assertThat(spend(budget)).isEqualTo(2);
  }
}
