/**
 * Retrofit interfaces and immutable models of the Persona API. Everything is exported.
 *
 * <p>Retrofit and Okio are automatic modules.
 */
module io.github.persona4j.api {
  requires static com.fasterxml.jackson.annotation;
  requires transitive com.google.gson;
  requires transitive okhttp3;
  requires transitive okio;
  requires static transitive org.jspecify;
  requires transitive retrofit2;

  exports io.github.persona4j.api;
  exports io.github.persona4j.json;
  exports io.github.persona4j.model;
  exports io.github.persona4j.request;
  exports io.github.persona4j.resource;
  exports io.github.persona4j.search;
}
