package io.github.persona4j.drift;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A schema whose shape is worked out when it is needed, since schemas may contain themselves. The
 * same schema is always the same object.
 */
final class Schema {
  private final Supplier<Shape> source;
  private final @Nullable String name;
  private @Nullable Shape shape;
  private boolean open;

  Schema(Supplier<Shape> source) {
    this(source, null);
  }

  /** The name is that of the component or file, if it is one; it is no part of a comparison. */
  Schema(Supplier<Shape> source, @Nullable String name) {
    this.source = source;
    this.name = name;
  }

  @Nullable String name() {
    return name;
  }

  /** Returns the shape; anything, if the schema consists of itself only. */
  Shape shape() {
    Shape known = shape;
    if (known != null) {
      return known;
    }
    if (open) {
      return Shape.ANYTHING;
    }
    open = true;
    try {
      Shape result = source.get();
      shape = result;
      return result;
    } finally {
      open = false;
    }
  }
}
