package io.github.persona4j.json;

import org.jspecify.annotations.Nullable;

/** Finds the type of a schema. The generated implementation has all types and loads them lazily. */
public interface JsonTypes {
  /** Returns the type of the schema with this name, or null if there is none. */
  @Nullable JsonType<?> find(String schema);

  /**
   * The type of a generated class, null where there is none; also null where a shrinker has renamed
   * the class.
   */
  @Nullable JsonType<?> find(Class<?> type);
}
