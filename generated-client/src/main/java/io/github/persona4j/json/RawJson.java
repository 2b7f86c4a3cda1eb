package io.github.persona4j.json;

/**
 * A value that is backed by raw JSON: an unknown member of a union, or a value of several shapes.
 */
interface RawJson {
  /** Returns the value as JSON. */
  JsonValue json();
}
