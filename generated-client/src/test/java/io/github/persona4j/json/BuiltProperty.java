package io.github.persona4j.json;

import io.github.persona4j.json.Shape.Sample;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A property of a model with the methods of its builder, which are called by reflection. */
final class BuiltProperty {
  private static final Pattern REQUIRED = Pattern.compile("\\w+: (\\S+) is required");

  /** What a builder does with a null. */
  enum Nulls {
    /** The property is left out. */
    OPTIONAL,
    /** The property is sent as null, since it must be present. */
    REQUIRED,
    /** The property must have a value. */
    FORBIDDEN
  }

  private final ModelType<?> type;
  private final String name;
  private final Method setter;
  private final Map<String, String> required;
  private final String sample;
  private final Nulls nulls;

  private BuiltProperty(
      ModelType<?> type, String name, Method setter, Map<String, String> required, String sample) {
    this.type = type;
    this.name = name;
    this.setter = setter;
    this.required = required;
    this.sample = sample;
    this.nulls = findNulls();
  }

  private Nulls findNulls() {
    if (required.containsKey(name)) {
      return Nulls.FORBIDDEN;
    }
    return build(builder()).property(name) == null ? Nulls.OPTIONAL : Nulls.REQUIRED;
  }

  /** Returns all properties that have a setter. */
  static List<BuiltProperty> allOf(Descriptions description) {
    List<BuiltProperty> all = new ArrayList<>();
    description.models().values().forEach(type -> all.addAll(of(type)));
    return all;
  }

  /** Returns the properties of a model that have a setter. Constants have none. */
  static List<BuiltProperty> of(ModelType<?> type) {
    Map<String, String> required = required(type);
    List<BuiltProperty> properties = new ArrayList<>();
    for (String name : type.properties()) {
      Method setter = setter(type, name);
      if (setter != null) {
        properties.add(new BuiltProperty(type, name, setter, required, sample(type, name)));
      }
    }
    return properties;
  }

  /** Returns samples of the properties without which {@code build()} throws. */
  private static Map<String, String> required(ModelType<?> type) {
    Map<String, String> required = new LinkedHashMap<>();
    while (true) {
      try {
        build(builderOf(read(type, required)));
        return required;
      } catch (IllegalStateException e) {
        Matcher matcher = REQUIRED.matcher(String.valueOf(e.getMessage()));
        if (!matcher.matches() || required.containsKey(matcher.group(1))) {
          throw e;
        }
        required.put(matcher.group(1), sample(type, matcher.group(1)));
      } catch (MalformedJsonException e) { // an envelope without its data
        String name = e.path().substring(2);
        required.put(name, sample(type, name));
      }
    }
  }

  private static String sample(ModelType<?> type, String name) {
    Sample fitting = Shape.of(type).property(type, name).fitting().iterator().next();
    // An empty object would be a relationship without a target.
    return fitting == Sample.OBJECT && name.equals("data")
        ? "{\"type\":\"x\",\"id\":\"1\"}"
        : fitting.json;
  }

  private static JsonModel read(ModelType<?> type, Map<String, String> properties) {
    StringBuilder json = new StringBuilder("{");
    properties.forEach(
        (name, value) ->
            json.append(json.length() > 1 ? "," : "")
                .append('"')
                .append(name)
                .append("\":")
                .append(value));
    return type.fromJson(json.append('}').toString(), false);
  }

  private static @Nullable Method setter(ModelType<?> type, String name) {
    return Arrays.stream(builderOf(type.empty()).getClass().getDeclaredMethods())
        .filter(method -> method.getParameterCount() == 1 && !method.isSynthetic())
        .filter(method -> method.getParameterTypes()[0] != Consumer.class)
        .filter(method -> letters(method.getName()).equals(letters(name)))
        .findFirst()
        .orElse(null);
  }

  private static String letters(String name) {
    return name.replaceAll("[^A-Za-z0-9]", "").toLowerCase(Locale.ROOT);
  }

  String name() {
    return name;
  }

  /** Returns the spellings in which the property can be read. */
  Set<String> spellings() {
    return Shape.indispensable(type).contains(name)
        ? Set.of(name) // the envelope cannot be read without it
        : new TreeSet<>(List.of(name, Spelling.other(name)));
  }

  /** Returns a sample value in JSON. */
  String sample() {
    return sample;
  }

  Nulls nulls() {
    return nulls;
  }

  /** Returns the argument of the setter for the sample. */
  Object value() {
    JsonModel model = read(name, sample);
    return Objects.requireNonNull(Accessors.call(model, accessor()).value(), toString());
  }

  Method accessor() {
    return method(setter.getDeclaringClass().getEnclosingClass(), setter.getName());
  }

  Method setter() {
    return setter;
  }

  /** Returns a model that has only this property, in a spelling, and the required ones. */
  JsonModel read(String spelling, String value) {
    Map<String, String> properties = new LinkedHashMap<>(required);
    properties.remove(name);
    properties.put(spelling, value);
    return read(type, properties);
  }

  /** Returns a builder with the required properties only. */
  JsonModel.Builder<?> builder() {
    return builderOf(read(type, required));
  }

  /** Returns {@code model.toBuilder()}. */
  static JsonModel.Builder<?> builderOf(JsonModel model) {
    return (JsonModel.Builder<?>) call(method(model.getClass(), "toBuilder"), model);
  }

  /** Returns {@code builder.build()}. */
  static JsonModel build(JsonModel.Builder<?> builder) {
    return (JsonModel) call(method(builder.getClass(), "build"), builder);
  }

  /** Calls the setter and returns the builder. */
  JsonModel.Builder<?> set(JsonModel.Builder<?> builder, @Nullable Object value) {
    return (JsonModel.Builder<?>) call(setter, builder, value);
  }

  boolean isOfResponse() {
    return JsonModel.ResponseBuilder.class.isAssignableFrom(setter.getDeclaringClass());
  }

  @Nullable Method clearMethod() {
    String name = setter.getName();
    String clear = "clear" + name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    return Arrays.stream(setter.getDeclaringClass().getMethods())
        .filter(method -> method.getName().equals(clear) && method.getParameterCount() == 0)
        .findFirst()
        .orElse(null);
  }

  /** Returns whether the builder has a method that sets this property to null. */
  boolean mayBeSetToNull() {
    return nulls != Nulls.FORBIDDEN && (isOfResponse() || clearMethod() != null);
  }

  /** Sets the property to null and returns the builder. */
  JsonModel.Builder<?> setNull(JsonModel.Builder<?> builder) {
    if (builder instanceof JsonModel.ResponseBuilder<?> response) {
      return response.setNull(name);
    }
    return (JsonModel.Builder<?>) call(Objects.requireNonNull(clearMethod()), builder);
  }

  private static Method method(Class<?> type, String name) {
    try {
      return type.getMethod(name);
    } catch (NoSuchMethodException e) {
      throw new LinkageError(type.getName(), e);
    }
  }

  private static Object call(Method method, Object target, @Nullable Object... arguments) {
    try {
      return Objects.requireNonNull(method.invoke(target, arguments));
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new LinkageError(method.toString(), e);
    } catch (IllegalAccessException e) {
      throw new LinkageError(method.toString(), e);
    }
  }

  @Override
  public String toString() {
    return type.name() + "." + name;
  }
}
