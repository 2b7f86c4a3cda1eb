package io.github.persona4j.drift;

/**
 * A header of a response.
 *
 * @param name its name as the description spells it
 * @param required whether each response has it
 * @param deprecated whether it is marked as deprecated
 * @param schema its values
 */
record Header(String name, boolean required, boolean deprecated, Schema schema) {}
