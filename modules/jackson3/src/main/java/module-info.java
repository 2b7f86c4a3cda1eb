/** Reads and writes the models of the Persona API with Jackson 3. */
@SuppressWarnings("module") // the digit is that of Jackson 3
module io.github.persona4j.jackson3 {
  requires transitive tools.jackson.databind;
  requires transitive io.github.persona4j.api;
  requires static transitive org.jspecify;

  exports io.github.persona4j.jackson3;

  provides tools.jackson.databind.JacksonModule with
      io.github.persona4j.jackson3.PersonaModule;
}
