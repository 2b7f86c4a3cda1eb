/**
 * Metrics and observations of the calls of persona4j with Micrometer.
 *
 * <p>Micrometer is an automatic module.
 */
module io.github.persona4j.micrometer {
  requires transitive io.github.persona4j;
  requires transitive micrometer.core;
  requires transitive micrometer.observation;
  requires static transitive org.jspecify;

  exports io.github.persona4j.micrometer;
}
