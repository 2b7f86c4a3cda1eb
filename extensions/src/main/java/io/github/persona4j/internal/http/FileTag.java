package io.github.persona4j.internal.http;

/** Marks a request for a file, as a tag: it goes to a host of files and takes no key. */
public enum FileTag {
  FILE
}
