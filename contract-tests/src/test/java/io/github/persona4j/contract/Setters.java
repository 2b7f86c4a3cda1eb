package io.github.persona4j.contract;

import io.github.persona4j.contract.Operation.FormField;
import io.github.persona4j.contract.Operation.QueryParameter;
import io.github.persona4j.model.EventName;
import io.github.persona4j.request.FileUpload;
import io.github.persona4j.request.FormParameters;
import io.github.persona4j.request.Include;
import io.github.persona4j.request.QueryParameters;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;

/**
 * Calls the setters of generated builders of queries and forms, with values of the description, so
 * that all parameters are tested.
 *
 * <p>A setter is found by its name: {@code filterObjectId} sets {@code filter[object-id]}. A setter
 * without a parameter in the description is an error, and so is a parameter without a setter.
 */
final class Setters {
  /** The content of each file that is sent. */
  static final String FILE = "name\nAnna Example\n";

  private Setters() {}

  /** Sets every query parameter once, except those that are arguments. */
  static void setAll(QueryParameters.Builder<?> builder, Operation operation) {
    Map<String, Method> setters = of(builder);
    for (QueryParameter parameter : operation.queryParameters()) {
      if (parameter.required()) {
        continue;
      }
      Method setter = remove(setters, parameter.name(), operation);
      call(builder, setter, Samples.of(parameter.schema()));
    }
    if (!setters.isEmpty()) {
      throw new AssertionError(
          operation + ": no parameter is described for " + new TreeSet<>(setters.keySet()));
    }
  }

  /** Sets fields of a form. */
  static void set(
      FormParameters.Builder<?> builder, Operation operation, Map<String, String> values) {
    Map<String, Method> setters = of(builder);
    values.forEach(
        (name, value) -> {
          String argument = name;
          for (FormField field : operation.form()) {
            if (field.name().equals(name)) {
              argument = field.argument();
            }
          }
          call(builder, remove(setters, argument, operation), value);
        });
  }

  private static Map<String, Method> of(Object builder) {
    Map<String, Method> setters = new LinkedHashMap<>();
    for (Method method : builder.getClass().getDeclaredMethods()) {
      if (!method.isSynthetic() && method.getReturnType() == builder.getClass()) {
        setters.put(Names.letters(method.getName()), method);
      }
    }
    return setters;
  }

  private static Method remove(Map<String, Method> setters, String name, Operation operation) {
    Method setter = setters.remove(Names.letters(name));
    if (setter == null) {
      throw new AssertionError(operation + ": no setter for " + name);
    }
    return setter;
  }

  private static void call(Object builder, Method setter, String value) {
    Class<?>[] types = setter.getParameterTypes();
    try {
      if (types.length == 2) {
        // A map, whose key is in brackets, such as fields[sample].
        setter.invoke(builder, "sample", new String[] {value});
      } else {
        setter.invoke(builder, convert(types[0], value));
      }
    } catch (InvocationTargetException e) {
      throw new AssertionError(setter + " rejects " + value, e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(setter + " cannot be called", e);
    }
  }

  private static Object convert(Class<?> type, String value) throws ReflectiveOperationException {
    if (type == String.class) {
      return value;
    } else if (type == String[].class) {
      return new String[] {value};
    } else if (type == Include[].class) {
      return new Include<?>[] {Include.of(value)};
    } else if (type == EventName[].class) {
      return new EventName[] {EventName.of(value)};
    } else if (type == Integer.class) {
      return Integer.valueOf(value);
    } else if (type == Long.class) {
      return Long.valueOf(value);
    } else if (type == Boolean.class) {
      return Boolean.valueOf(value);
    } else if (type == OffsetDateTime.class) {
      return OffsetDateTime.parse(value);
    } else if (type == LocalDate.class) {
      return LocalDate.parse(value);
    } else if (type == FileUpload.class) {
      return FileUpload.of(value, "text/csv", FILE.getBytes(StandardCharsets.UTF_8));
    }
    // An open value.
    return type.getMethod("of", String.class).invoke(null, value);
  }
}
