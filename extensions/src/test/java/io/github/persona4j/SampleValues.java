package io.github.persona4j;

import io.github.persona4j.json.JsonModel;
import io.github.persona4j.json.JsonType;
import io.github.persona4j.json.JsonValue;
import io.github.persona4j.json.OpenValue;
import io.github.persona4j.request.FileUpload;
import io.github.persona4j.request.Include;
import io.github.persona4j.search.Condition;
import io.github.persona4j.search.Search;
import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Values of the types that the forms of operations take. */
final class SampleValues {
  private SampleValues() {}

  /** A function that gives a builder a sample, and what the builder requires. */
  record Filling(Class<?> type) implements Consumer<Object> {
    @Override
    public void accept(Object builder) {
      if (builder instanceof JsonModel.Builder<?> model) {
        model.additionalProperty("sample", JsonValue.of(1));
        setRequired(model);
      } else {
        setAll(builder);
      }
    }

    /** What the builder builds. */
    Object built() {
      Object builder = invoke(type, "builder", null);
      accept(builder);
      return invoke(builder.getClass(), "build", builder);
    }
  }

  static Object of(Type type) {
    if (type instanceof ParameterizedType generic) {
      Type argument = generic.getActualTypeArguments()[0];
      if (generic.getRawType() == Consumer.class) {
        return new Filling(Objects.requireNonNull(((Class<?>) argument).getEnclosingClass()));
      } else if (generic.getRawType() == Search.class) {
        return Search.where(Condition.of("sample", "eq", "sample")).pageSize(7);
      } else if (generic.getRawType() == List.class) {
        return List.of(of(argument));
      } else if (generic.getRawType() == Map.class) {
        return Map.of("sample", of(generic.getActualTypeArguments()[1]));
      }
    } else if (type instanceof Class<?> simple) {
      return simple(simple);
    }
    throw new AssertionError("No sample is known for " + type);
  }

  private static Object simple(Class<?> type) {
    if (type == String.class) {
      return "sample";
    } else if (type == String[].class) {
      return new String[] {"sample"};
    } else if (type.isArray() && OpenValue.class.isAssignableFrom(type.getComponentType())) {
      Object values = Array.newInstance(type.getComponentType(), 1);
      Array.set(values, 0, simple(Objects.requireNonNull(type.getComponentType())));
      return values;
    } else if (type == Include[].class) {
      return new Include<?>[] {Include.of("sample")};
    } else if (type == Long.class) {
      return 7L;
    } else if (type == Integer.class) {
      return 7;
    } else if (type == Boolean.class) {
      return true;
    } else if (type == BigDecimal.class) {
      return new BigDecimal("7.5");
    } else if (type == LocalDate.class) {
      return LocalDate.of(2026, 1, 14);
    } else if (type == OffsetDateTime.class) {
      return OffsetDateTime.parse("2026-01-14T09:31:07Z");
    } else if (type == JsonValue.class) {
      return JsonValue.of("sample");
    } else if (type == FileUpload.class) {
      byte[] content = "a,b\n".getBytes(StandardCharsets.UTF_8);
      return FileUpload.of("sample.csv", "text/csv", content);
    } else if (OpenValue.class.isAssignableFrom(type)) {
      return invoke(type, "of", null, "sample");
    } else if (JsonModel.class.isAssignableFrom(type)) {
      return json(type).fromJson("{\"sample\":1}", true);
    }
    throw new AssertionError("No sample is known for " + type);
  }

  private static JsonType<?> json(Class<?> type) {
    try {
      return (JsonType<?>) Objects.requireNonNull(type.getField("TYPE").get(null));
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(type.getName(), e);
    }
  }

  /** Sets the properties without which the builder builds nothing. */
  private static void setRequired(JsonModel.Builder<?> builder) {
    while (true) {
      try {
        invoke(builder.getClass(), "build", builder);
        return;
      } catch (IllegalStateException e) {
        String message = String.valueOf(e.getMessage());
        String name = message.replaceAll(".*: (.*) is required", "$1");
        if (name.equals(message)) {
          throw e;
        }
        set(builder, name.replace("-", ""));
      }
    }
  }

  private static void set(Object builder, String name) {
    for (Method setter : builder.getClass().getDeclaredMethods()) {
      if (setter.getName().equalsIgnoreCase(name)
          && setter.getParameterTypes()[0] != Consumer.class) {
        invoke(setter, builder, of(setter.getGenericParameterTypes()[0]));
        return;
      }
    }
    throw new AssertionError(builder.getClass() + " has no " + name);
  }

  private static void setAll(Object builder) {
    for (Method setter : builder.getClass().getDeclaredMethods()) {
      if (!setter.isSynthetic() && setter.getReturnType() == builder.getClass()) {
        Object[] values =
            Arrays.stream(setter.getParameterTypes()).map(SampleValues::simple).toArray();
        invoke(setter, builder, values);
      }
    }
  }

  private static Object invoke(
      Class<?> type, String name, @Nullable Object target, Object... with) {
    Class<?>[] types = Arrays.stream(with).map(Object::getClass).toArray(Class<?>[]::new);
    try {
      return invoke(type.getMethod(name, types), target, with);
    } catch (NoSuchMethodException e) {
      throw new LinkageError(type.getName(), e);
    }
  }

  private static Object invoke(Method method, @Nullable Object target, Object... with) {
    try {
      return Objects.requireNonNull(method.invoke(target, with));
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new AssertionError(e);
    } catch (IllegalAccessException e) {
      throw new LinkageError(method.toString(), e);
    }
  }
}
