/** Uses the client and the fake. */
module consumer {
  requires io.github.persona4j;
  requires io.github.persona4j.testing;
}
