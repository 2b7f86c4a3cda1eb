package io.github.persona4j.json;

import com.google.gson.annotations.SerializedName;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A record class of a user whose components are fields, found by reflection once. Thread-safe. */
final class RecordShape {
  /** The beginnings of words in a name in camel case: a number is a word of its own. */
  private static final Pattern WORD =
      Pattern.compile("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[A-Za-z])(?=[0-9])");

  private static final ClassValue<RecordShape> SHAPES =
      new ClassValue<>() {
        @Override
        protected RecordShape computeValue(Class<?> type) {
          return new RecordShape(type);
        }
      };

  private final Class<?> type;
  private final Constructor<?> constructor;
  private final List<Component> components;

  private RecordShape(Class<?> type) {
    this.type = type;
    RecordComponent[] found = type.getRecordComponents();
    if (found == null) {
      throw new IllegalArgumentException(type.getName() + " is not a record");
    }
    Class<?>[] parameters =
        Arrays.stream(found).map(RecordComponent::getType).toArray(Class<?>[]::new);
    List<Component> list = new ArrayList<>();
    Set<String> keys = new HashSet<>();
    try {
      this.constructor = accessible(type.getDeclaredConstructor(parameters));
      for (RecordComponent component : found) {
        String key = keyOf(type.getDeclaredField(component.getName()), component.getName());
        if (!keys.add(key)) {
          throw new IllegalArgumentException(type.getName() + " has two components for one key");
        }
        list.add(
            new Component(
                type.getSimpleName() + "." + component.getName(),
                key,
                component.getGenericType(),
                accessible(component.getAccessor())));
      }
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(type.getName() + " is not a complete record", e);
    }
    this.components = List.copyOf(list);
  }

  private <T extends AccessibleObject> T accessible(T member) {
    if (!member.trySetAccessible()) {
      Module reader = RecordShape.class.getModule();
      throw new IllegalArgumentException(
          type.getName()
              + " is not accessible: its module must declare \"opens "
              + type.getPackageName()
              + (reader.isNamed() ? " to " + reader.getName() : "")
              + ";\"");
    }
    return member;
  }

  /**
   * Returns the shape of a record class.
   *
   * @throws IllegalArgumentException if it is not a record, two components have the same key, or
   *     its module does not open its package
   */
  static RecordShape of(Class<?> type) {
    return SHAPES.get(type);
  }

  List<Component> components() {
    return components;
  }

  /** Calls the canonical constructor, whose own exceptions are not wrapped. */
  Object create(@Nullable Object[] values) {
    try {
      return constructor.newInstance(values);
    } catch (InvocationTargetException e) {
      throw unchecked(e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(type.getName() + " cannot be created", e);
    }
  }

  /** Returns the string of a constant, as in {@link #choice}. */
  static String nameOf(Enum<?> constant) {
    try {
      Field field = constant.getDeclaringClass().getField(constant.name());
      SerializedName name = field.getAnnotation(SerializedName.class);
      return name == null ? constant.name() : name.value();
    } catch (NoSuchFieldException e) {
      throw new LinkageError(constant.getDeclaringClass().getName() + " is not a complete enum", e);
    }
  }

  /** Returns the constant of a string: the value of its {@code SerializedName}, or its name. */
  static Optional<Enum<?>> choice(Class<? extends Enum<?>> type, String string) {
    for (Enum<?> constant : type.getEnumConstants()) {
      if (nameOf(constant).equals(string)) {
        return Optional.of(constant);
      }
    }
    return Optional.empty();
  }

  private static String keyOf(AnnotatedElement field, String component) {
    SerializedName name = field.getAnnotation(SerializedName.class);
    return name == null
        ? WORD.matcher(component).replaceAll("-").toLowerCase(Locale.ROOT)
        : name.value();
  }

  private static RuntimeException unchecked(@Nullable Throwable cause) {
    if (cause instanceof Error error) {
      throw error;
    }
    if (cause instanceof RuntimeException exception) {
      return exception;
    }
    return new IllegalStateException("A record threw a checked exception", cause);
  }

  /**
   * A component of a record.
   *
   * @param path its record and its name, for messages
   * @param key the key of its field
   * @param type its type
   * @param accessor its accessor
   */
  record Component(String path, String key, Type type, Method accessor) {
    /** Returns the value of a record; null for an empty {@code Optional}. */
    @Nullable Object read(Record values) {
      try {
        Object value = accessor.invoke(values);
        return value instanceof Optional<?> optional ? optional.orElse(null) : value;
      } catch (InvocationTargetException e) {
        throw unchecked(e.getCause());
      } catch (IllegalAccessException e) {
        throw new LinkageError(path + " cannot be read", e);
      }
    }
  }
}
