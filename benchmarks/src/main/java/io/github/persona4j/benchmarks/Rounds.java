package io.github.persona4j.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

/**
 * The measurements of contestants, which run one after the other in several rounds, in another
 * random order each round. Whatever else the machine does then affects all of them. Ratios are
 * taken within a round.
 *
 * @param <C> the contestants
 */
final class Rounds<C> {
  private final Map<C, List<double[]>> measurements = new LinkedHashMap<>();

  /** Runs a contestant once. */
  interface Measurement<C> {
    /** Returns the measured values, always in the same order. */
    double[] of(C contestant) throws Exception;
  }

  private Rounds() {}

  static <C> Rounds<C> run(List<C> contestants, int rounds, Measurement<C> measurement)
      throws Exception {
    Rounds<C> results = new Rounds<>();
    Random random = new Random();
    for (int round = 1; round <= rounds; round++) {
      List<C> order = new ArrayList<>(contestants);
      Collections.shuffle(order, random);
      for (C contestant : order) {
        System.err.printf("round %d of %d: %s%n", round, rounds, contestant);
        results
            .measurements
            .computeIfAbsent(contestant, key -> new ArrayList<>())
            .add(measurement.of(contestant));
      }
    }
    return results;
  }

  /** Returns the median of one of the measured values. */
  double median(C contestant, int value) {
    return median(all(contestant).stream().mapToDouble(values -> values[value]).toArray());
  }

  /** Returns the median of the ratios of one of the measured values in each round. */
  double ratio(C contestant, C base, int value) {
    List<double[]> own = all(contestant);
    List<double[]> others = all(base);
    double[] ratios = new double[own.size()];
    for (int i = 0; i < ratios.length; i++) {
      ratios[i] = own.get(i)[value] / others.get(i)[value];
    }
    return median(ratios);
  }

  private List<double[]> all(C contestant) {
    return Objects.requireNonNull(measurements.get(contestant));
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
