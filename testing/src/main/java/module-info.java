/** A fake of the Persona API, and models as text. The latter needs the models and AssertJ. */
module io.github.persona4j.testing {
  requires com.google.gson;
  requires static io.github.persona4j.api;
  requires java.net.http;
  requires jdk.httpserver;
  requires static org.assertj.core;
  requires static org.junit.jupiter.api;
  requires static transitive org.jspecify;

  exports io.github.persona4j.testing;
  exports io.github.persona4j.testing.assertj;
  exports io.github.persona4j.testing.junit;
  exports io.github.persona4j.testing.models;
}
