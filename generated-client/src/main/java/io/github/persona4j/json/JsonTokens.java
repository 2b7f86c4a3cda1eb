package io.github.persona4j.json;

import java.io.IOException;

/**
 * Receives one JSON value token by token, for modules of JSON libraries: see {@link JsonCodec}.
 *
 * <p>The calls are in the order of the tokens in the JSON. An implementation may throw an {@link
 * IOException}, which is passed on unchanged. Not thread-safe.
 */
public interface JsonTokens {
  /** Begins an object. */
  void beginObject() throws IOException;

  /** Ends the current object. */
  void endObject() throws IOException;

  /** Begins a list. */
  void beginArray() throws IOException;

  /** Ends the current list. */
  void endArray() throws IOException;

  /** The name of the next property of the current object. */
  void name(String name) throws IOException;

  /** A string, which may contain any characters. */
  void string(String value) throws IOException;

  /**
   * A number.
   *
   * @param digits as JSON has them, such as {@code 1.50} or {@code 1e400}
   */
  void number(String digits) throws IOException;

  /** A boolean. */
  void bool(boolean value) throws IOException;

  /** A null. */
  void nothing() throws IOException;
}
