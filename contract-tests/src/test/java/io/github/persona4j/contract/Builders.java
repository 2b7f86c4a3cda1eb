package io.github.persona4j.contract;

import io.github.persona4j.json.JsonModel;
import java.lang.reflect.InvocationTargetException;
import java.util.Objects;

/**
 * Calls the builders of generated classes by reflection, since their base class has no {@code
 * build()}.
 */
final class Builders {
  private Builders() {}

  /** Returns {@code type.builder()}. */
  static <B> B of(Class<?> type, Class<B> builder) {
    try {
      return builder.cast(type.getMethod("builder").invoke(null));
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(type + " has no builder", e);
    }
  }

  /** Reads a model from JSON. */
  static JsonModel read(String model, String json) {
    try {
      Class<?> type = Class.forName("io.github.persona4j.model." + model);
      return (JsonModel)
          Objects.requireNonNull(type.getMethod("fromJson", String.class).invoke(null, json));
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(model + " cannot be read", e);
    }
  }

  /** Returns a builder that is initialized with a model in JSON. */
  static JsonModel.Builder<?> from(String model, String json) {
    JsonModel read = read(model, json);
    try {
      return (JsonModel.Builder<?>)
          Objects.requireNonNull(read.getClass().getMethod("toBuilder").invoke(read));
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(model + " has no builder", e);
    }
  }

  /** Returns {@code builder.build()}, or throws its exception. */
  static Object build(Object builder) {
    try {
      return Objects.requireNonNull(builder.getClass().getMethod("build").invoke(builder));
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException(builder.getClass() + " cannot build", e);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(builder.getClass() + " cannot build", e);
    }
  }
}
