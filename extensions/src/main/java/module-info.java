/** The client of the Persona API. Packages named internal are not exported. */
module io.github.persona4j {
  requires transitive io.github.persona4j.api;
  requires static transitive java.sql; // for the table of processed webhooks

  exports io.github.persona4j;
  exports io.github.persona4j.error;
  exports io.github.persona4j.file;
  exports io.github.persona4j.operations;
  exports io.github.persona4j.paging;
  exports io.github.persona4j.response;
  exports io.github.persona4j.waiter;
  exports io.github.persona4j.webhook;
}
