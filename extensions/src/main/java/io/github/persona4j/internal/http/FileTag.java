package io.github.persona4j.internal.http;

/** The tag of a file request, which goes to a host of files and does not carry the key. */
public enum FileTag {
  FILE
}
