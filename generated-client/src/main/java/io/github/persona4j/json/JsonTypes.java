package io.github.persona4j.json;

import org.jspecify.annotations.Nullable;

/** Finds the type of a schema; the generated one knows all, and loads what is asked. */
public interface JsonTypes {
  /** The type of a schema, null where there is none of that name. */
  @Nullable JsonType<?> find(String schema);

  /**
   * The type of a generated class, null where there is none; also null where a shrinker has renamed
   * the class.
   */
  @Nullable JsonType<?> find(Class<?> type);
}
