/**
 * Traces of the calls of persona4j with OpenTelemetry.
 *
 * <p>OpenTelemetry is two automatic modules.
 */
module io.github.persona4j.opentelemetry {
  requires transitive io.github.persona4j;
  requires transitive io.opentelemetry.api;
  requires io.opentelemetry.context;
  requires static transitive org.jspecify;

  exports io.github.persona4j.opentelemetry;
}
