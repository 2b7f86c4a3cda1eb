/** Uses the models without the client. */
module consumer {
  requires io.github.persona4j.api;
}
