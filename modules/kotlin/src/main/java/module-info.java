/** The client of the Persona API in Kotlin. */
module io.github.persona4j.kotlin {
  requires transitive io.github.persona4j;
  requires transitive kotlin.stdlib;
  requires transitive kotlinx.coroutines.core;

  exports io.github.persona4j.kotlin;
}
