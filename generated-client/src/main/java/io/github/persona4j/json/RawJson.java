package io.github.persona4j.json;

/**
 * A Java value that stands on raw JSON: a union member nobody knows yet, a value of many shapes.
 */
interface RawJson {
  /** The whole value as JSON. */
  JsonValue json();
}
