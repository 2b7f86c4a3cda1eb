package io.github.persona4j.testing.models;

import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.presentation.Representation;
import org.assertj.core.presentation.StandardRepresentation;
import org.jspecify.annotations.Nullable;

/**
 * Shows models in the messages of AssertJ as {@link Models#describe} does, so that {@code
 * assertThat(model).isEqualTo(other)} shows which values differ.
 *
 * <p>AssertJ finds it as a service, without set-up, and then uses it for models, and for
 * collections, arrays, maps and optionals of models. A representation in the configuration of
 * AssertJ replaces it. On a module path, where a module cannot provide a service that may be
 * missing, call {@code Assertions.useRepresentation(new ModelRepresentation())}.
 */
@SuppressWarnings("exports") // AssertJ, which calls it, is optional
public final class ModelRepresentation implements Representation {
  private static final int MAX_LEVELS = 4;

  private static final StandardRepresentation CONTAINERS =
      new StandardRepresentation() {
        @Override
        public String toStringOf(@Nullable Object object) {
          return Models.isModel(object) ? Models.describe(object) : super.toStringOf(object);
        }
      };

  /** Called by AssertJ. */
  public ModelRepresentation() {}

  /** Returns the description of an object that is or contains a model; null for all others. */
  @Override
  @SuppressWarnings("NullAway") // AssertJ takes null for "not mine"
  public String toStringOf(@Nullable Object object) {
    if (Models.isModel(object)) {
      return Models.describe(object);
    }
    return containsModel(object, MAX_LEVELS) ? CONTAINERS.toStringOf(object) : null;
  }

  /** As {@link #toStringOf}, with the identity of a model: two are equal as text, but not equal. */
  @Override
  @SuppressWarnings("NullAway") // as above
  public String unambiguousToStringOf(@Nullable Object object) {
    String text = toStringOf(object);
    return text != null && object != null && Models.isModel(object)
        ? text + "\n(" + object.getClass().getName() + "@" + System.identityHashCode(object) + ")"
        : text;
  }

  /** Returns a name, which AssertJ prints when it finds this representation. */
  @Override
  public String toString() {
    return "models of persona4j";
  }

  // A container may contain itself, so only some levels are looked at.
  private static boolean containsModel(@Nullable Object object, int levels) {
    if (levels == 0) {
      return false;
    } else if (object instanceof Collection<?> items) {
      return items.stream()
          .anyMatch(item -> Models.isModel(item) || containsModel(item, levels - 1));
    } else if (object instanceof Map<?, ?> map) {
      return containsModel(map.keySet(), levels) || containsModel(map.values(), levels);
    } else if (object instanceof Object[] array) {
      return containsModel(Arrays.asList(array), levels);
    } else if (object instanceof Optional<?> optional) {
      return containsModel(optional.stream().toList(), levels);
    }
    return false;
  }
}
