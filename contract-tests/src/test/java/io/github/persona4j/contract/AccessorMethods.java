package io.github.persona4j.contract;

import io.github.persona4j.json.FieldValue;
import io.github.persona4j.json.FieldValues;
import io.github.persona4j.json.JsonObject;
import io.github.persona4j.json.ResourcePage;
import io.github.persona4j.json.ShapeUnion;
import io.github.persona4j.json.UnknownResource;
import io.github.persona4j.model.Event;
import io.github.persona4j.request.PagedQuery;
import io.github.persona4j.resource.ToMany;
import io.github.persona4j.resource.ToOne;
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
  /** Types whose methods are not accessors of properties, and are compared separately. */
  private static final List<Class<?>> COMMON =
      List.of(
          Object.class,
          JsonObject.class,
          FieldValues.class,
          ResourcePage.class,
          PagedQuery.class,
          ShapeUnion.class,
          UnknownResource.class);

  private static final Map<Class<?>, List<Method>> PROPERTIES = new ConcurrentHashMap<>();
  private static final Map<Class<?>, List<Method>> RELATIONS = new ConcurrentHashMap<>();
  private static final List<Method> FIELDS =
      Stream.of(FieldValues.class.getMethods())
          .filter(method -> method.getName().startsWith("get") && method.getParameterCount() == 1)
          .toList();
  private static final List<Method> VALUES =
      Stream.of(FieldValue.class.getMethods())
          .filter(method -> method.getName().startsWith("as") && method.getParameterCount() == 0)
          .toList();

  private AccessorMethods() {}

  /** Returns the accessors of the properties or shapes of a class. */
  static List<Method> ofProperties(Class<?> type) {
    return PROPERTIES.computeIfAbsent(type, AccessorMethods::find);
  }

  /** Returns the accessors of the relationships of a class, which return a relation. */
  static List<Method> ofRelations(Class<?> type) {
    return RELATIONS.computeIfAbsent(
        type,
        resource -> Stream.of(resource.getMethods()).filter(AccessorMethods::isRelation).toList());
  }

  private static boolean isRelation(Method method) {
    return !method.isBridge()
        && method.getParameterCount() == 0
        && (method.getReturnType() == ToOne.class || method.getReturnType() == ToMany.class);
  }

  /** Returns the accessors of fields by key, such as {@code getDate(key)}. */
  static List<Method> ofFields() {
    return FIELDS;
  }

  /** Returns the accessors of the value of a field, such as {@code asDate()}. */
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
    if (type == Event.class) {
      others.add("payload"); // that of the attributes
    }
    for (Class<?> common : COMMON) {
      if (common.isAssignableFrom(type)) {
        Stream.of(common.getMethods()).map(Method::getName).forEach(others::add);
      }
    }
    return Stream.of(type.getMethods())
        .filter(method -> method.getParameterCount() == 0 && !method.isBridge())
        .filter(method -> !Modifier.isStatic(method.getModifiers()))
        .filter(method -> !others.contains(method.getName()) && !isRelation(method))
        .toList();
  }
}
