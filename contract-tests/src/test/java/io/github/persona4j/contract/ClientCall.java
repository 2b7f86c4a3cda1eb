package io.github.persona4j.contract;

import io.github.persona4j.PersonaClient;
import org.jspecify.annotations.Nullable;

/** Calls one operation of the client. */
@FunctionalInterface
interface ClientCall {
  /** Returns what the operation returns; null where it answers nothing. */
  @Nullable Object run(PersonaClient client, Arguments with);
}
