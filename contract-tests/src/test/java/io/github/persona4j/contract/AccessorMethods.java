package io.github.persona4j.contract;

import io.github.persona4j.json.FieldValue;
import io.github.persona4j.json.FieldValues;
import io.github.persona4j.json.JsonObject;
import io.github.persona4j.json.ResourcePage;
import io.github.persona4j.json.ShapeUnion;
import io.github.persona4j.json.UnknownResource;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The public accessors of classes, by reflection. */
final class AccessorMethods {
  /** Types whose methods stand for no property of their own: they are compared one by one. */
  private static final List<Class<?>> COMMON =
      List.of(
          Object.class,
          JsonObject.class,
          FieldValues.class,
          ResourcePage.class,
          ShapeUnion.class,
          UnknownResource.class);

  private static final Map<Class<?>, List<Method>> PROPERTIES = new ConcurrentHashMap<>();
  private static final List<Method> FIELDS =
      Stream.of(FieldValues.class.getMethods())
          .filter(method -> method.getName().startsWith("get") && method.getParameterCount() == 1)
          .toList();
  private static final List<Method> VALUES =
      Stream.of(FieldValue.class.getMethods())
          .filter(method -> method.getName().startsWith("as") && method.getParameterCount() == 0)
          .toList();

  private AccessorMethods() {}

  /** The accessors of a class that stand for a property or a shape each. */
  static List<Method> ofProperties(Class<?> type) {
    return PROPERTIES.computeIfAbsent(type, AccessorMethods::find);
  }

  /** The accessors of fields by their keys, such as {@code getDate(key)}. */
  static List<Method> ofFields() {
    return FIELDS;
  }

  /** The accessors of a field's value, such as {@code asDate()}. */
  static List<Method> ofFieldValue() {
    return VALUES;
  }

  /** Calls an accessor. */
  static @Nullable Object call(Method accessor, Object target, Object... arguments) {
    try {
      return accessor.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw OperationCaller.unpacked(e);
    } catch (IllegalAccessException e) {
      throw new LinkageError(accessor + " cannot be called", e);
    }
  }

  private static List<Method> find(Class<?> type) {
    Set<String> others = new HashSet<>(Set.of("toBuilder"));
    for (Class<?> common : COMMON) {
      if (common.isAssignableFrom(type)) {
        Stream.of(common.getMethods()).map(Method::getName).forEach(others::add);
      }
    }
    return Stream.of(type.getMethods())
        .filter(method -> method.getParameterCount() == 0 && !method.isBridge())
        .filter(method -> !Modifier.isStatic(method.getModifiers()))
        .filter(method -> !others.contains(method.getName()))
        .toList();
  }
}
