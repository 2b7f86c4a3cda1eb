package io.github.persona4j.json;

import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Calls the accessors of generated classes. */
final class Accessors {
  /** The result of a call. */
  record Outcome(Method method, @Nullable Object value, @Nullable Throwable error) {}

  private Accessors() {}

  /** Calls all public accessors that the class of the object declares. */
  static List<Outcome> callAll(Object object) {
    List<Method> methods =
        Arrays.stream(object.getClass().getDeclaredMethods())
            .filter(method -> Modifier.isPublic(method.getModifiers()))
            .filter(method -> !Modifier.isStatic(method.getModifiers()) && !method.isSynthetic())
            .filter(method -> method.getParameterCount() == 0)
            .filter(method -> !method.getName().equals("toBuilder"))
            .sorted(Comparator.comparing(Method::getName))
            .toList();
    List<Outcome> outcomes = new ArrayList<>();
    for (Method method : methods) {
      outcomes.add(call(object, method));
    }
    return outcomes;
  }

  static Object constant(Field field) {
    try {
      return Objects.requireNonNull(field.get(null));
    } catch (IllegalAccessException e) {
      throw new LinkageError(e.getMessage(), e);
    }
  }

  static Outcome call(Object object, Method method) {
    try {
      return new Outcome(method, method.invoke(object), null);
    } catch (InvocationTargetException e) {
      return new Outcome(method, null, e.getCause());
    } catch (IllegalAccessException e) {
      throw new LinkageError(e.getMessage(), e);
    }
  }
}
