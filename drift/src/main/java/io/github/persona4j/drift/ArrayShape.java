package io.github.persona4j.drift;

/**
 * Arrays.
 *
 * @param items their items
 * @param size the number of items
 * @param unique whether items differ
 */
record ArrayShape(Schema items, Range size, boolean unique) {}
