package io.github.persona4j.contract;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.persona4j.json.JsonModel;
import io.github.persona4j.json.JsonType;
import io.github.persona4j.json.JsonValue;
import io.github.persona4j.json.OpenValue;
import io.github.persona4j.json.ShapeUnion;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Creates models as a user does, by calling the setter of their builder for each property. */
final class BuiltModel {
  private BuiltModel() {}

  /**
   * Returns the model of a JSON object. Null properties are set to null with their {@code clear}
   * method, absent ones are not set.
   *
   * @throws RuntimeException the exception of a setter or of {@code build()}
   */
  static <T extends JsonModel> T of(Class<T> type, JsonNode json) {
    return type.cast(built(type, json));
  }

  private static Object built(Class<?> type, JsonNode json) {
    JsonModel.Builder<?> builder = Builders.of(type, JsonModel.Builder.class);
    fill(type, builder, json);
    return Builders.build(builder);
  }

  /** Sets the properties of a JSON object in the builder of a model. */
  static void fill(Class<?> type, JsonModel.Builder<?> builder, JsonNode json) {
    Map<String, Method> setters = setters(builder.getClass());
    json.properties()
        .forEach(
            property -> {
              Method setter = setters.get(Names.letters(property.getKey()));
              if (setter != null && property.getValue().isNull()) {
                call(clearMethod(setter), builder);
              } else if (setter != null) {
                Type argument = setter.getGenericParameterTypes()[0];
                call(setter, builder, value(argument, property.getValue()));
              } else if (!isConstant(type, property.getKey())) {
                builder.additionalProperty(
                    property.getKey(), JsonValue.ofJson(property.getValue().toString()));
              }
            });
  }

  private static Map<String, Method> setters(Class<?> builder) {
    Map<String, Method> setters = new HashMap<>();
    for (Method method : ApiClass.publicMethods(builder)) {
      if (method.getParameterCount() == 1
          && method.getReturnType() == builder
          && method.getParameterTypes()[0] != Consumer.class) {
        setters.put(Names.letters(method.getName()), method);
      }
    }
    return setters;
  }

  private static Method clearMethod(Method setter) {
    String name = setter.getName();
    String clear = "clear" + name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    try {
      return setter.getDeclaringClass().getMethod(clear);
    } catch (NoSuchMethodException e) {
      throw new AssertionError(setter + " has no method that sends a null", e);
    }
  }

  /** Returns whether a property has an accessor but no setter, because it is a constant. */
  private static boolean isConstant(Class<?> type, String property) {
    return AccessorMethods.ofProperties(type).stream()
        .anyMatch(method -> Names.letters(method.getName()).equals(Names.letters(property)));
  }

  /** Returns the argument of a setter for a JSON value. */
  static @Nullable Object value(Type type, JsonNode json) {
    if (json.isNull()) {
      return null;
    }
    Class<?> raw = JavaTypes.raw(type);
    if (raw == JsonValue.class) {
      return JsonValue.ofJson(json.toString());
    } else if (List.class.isAssignableFrom(raw)) {
      List<@Nullable Object> items = new ArrayList<>();
      json.forEach(item -> items.add(value(JavaTypes.itemOf(type), item)));
      return items;
    } else if (Map.class.isAssignableFrom(raw)) {
      Map<String, @Nullable Object> entries = new LinkedHashMap<>();
      json.properties()
          .forEach(
              entry ->
                  entries.put(entry.getKey(), value(JavaTypes.itemOf(type), entry.getValue())));
      return entries;
    } else if (JsonModel.class.isAssignableFrom(raw)) {
      return built(raw, json);
    } else if (ShapeUnion.class.isAssignableFrom(raw)) {
      return shape(raw, json);
    } else if (raw.isInterface()) {
      return member(raw, json);
    }
    return simple(raw, json);
  }

  private static Object simple(Class<?> type, JsonNode json) {
    if (!JavaTypes.canHold(type, json)) {
      throw new AssertionError(json + " is not a value of " + type.getSimpleName());
    } else if (OpenValue.class.isAssignableFrom(type)) {
      return factory(type, String.class, json.textValue());
    } else if (type == LocalDate.class) {
      return LocalDate.parse(json.textValue());
    } else if (type == OffsetDateTime.class) {
      return OffsetDateTime.parse(json.textValue());
    } else if (type == Boolean.class) {
      return json.booleanValue();
    } else if (type == Long.class) {
      return json.longValue();
    }
    return json.isNumber() ? json.decimalValue() : json.textValue();
  }

  /** Returns a union of shapes, created by the factory of the shape of the JSON. */
  private static Object shape(Class<?> union, JsonNode json) {
    Method factory =
        Stream.of(union.getMethods())
            .filter(method -> method.getName().equals("of"))
            .filter(method -> JavaTypes.canHold(method.getGenericParameterTypes()[0], json))
            .findFirst()
            .orElseThrow(() -> new AssertionError(union + " has no shape for " + json));
    Object argument = value(factory.getGenericParameterTypes()[0], json);
    return factory(union, factory.getParameterTypes()[0], argument);
  }

  /** Returns a member of a union. The client selects its class, which the sent request verifies. */
  private static Object member(Class<?> union, JsonNode json) {
    try {
      JsonType<?> type = (JsonType<?>) union.getField("TYPE").get(null);
      Object read = type.fromJson(json.toString(), true);
      return read instanceof JsonModel ? built(read.getClass(), json) : read;
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(union + " has no type", e);
    }
  }

  private static Object factory(Class<?> type, Class<?> parameter, @Nullable Object argument) {
    try {
      return type.getMethod("of", parameter).invoke(null, argument);
    } catch (InvocationTargetException e) {
      throw OperationCaller.unpacked(e);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(type + " cannot be created", e);
    }
  }

  private static void call(Method setter, Object builder, @Nullable Object... arguments) {
    try {
      setter.invoke(builder, arguments);
    } catch (InvocationTargetException e) {
      throw OperationCaller.unpacked(e);
    } catch (IllegalAccessException e) {
      throw new LinkageError(setter + " cannot be called", e);
    }
  }
}
