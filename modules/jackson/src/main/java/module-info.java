/** Reads and writes the models of the Persona API with Jackson 2. */
module io.github.persona4j.jackson {
  requires transitive com.fasterxml.jackson.databind;
  requires transitive io.github.persona4j.api;
  requires static transitive org.jspecify;

  exports io.github.persona4j.jackson;

  provides com.fasterxml.jackson.databind.Module with
      io.github.persona4j.jackson.PersonaModule;
}
