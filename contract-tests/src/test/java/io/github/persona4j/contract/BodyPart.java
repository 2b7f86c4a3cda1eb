package io.github.persona4j.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.persona4j.json.JsonModel;
import io.github.persona4j.request.FileUpload;
import io.github.persona4j.request.QueryParameters;
import io.github.persona4j.search.Search;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of forms from which the body or the query is built. Where a part is in the body
 * follows from the name of its type: attributes are in {@code data.attributes}, and so on.
 */
final class BodyPart {
  private BodyPart() {}

  /** Returns the value of a parameter that the Retrofit method does not have. */
  static @Nullable Object of(Parameter parameter, Arguments with) {
    Class<?> built = built(parameter);
    if (built != null && QueryParameters.class.isAssignableFrom(built)) {
      Consumer<QueryParameters.Builder<?>> fill = with::fill;
      return fill;
    } else if (built != null) {
      JsonNode json = node(built, with);
      Consumer<JsonModel.Builder<?>> fill = builder -> BuiltModel.fill(built, builder, json);
      return fill;
    } else if (parameter.getType() == Search.class) {
      return TypedSearch.of(Objects.requireNonNull(with.body()));
    } else if (JsonModel.class.isAssignableFrom(parameter.getType())) {
      Class<? extends JsonModel> type = parameter.getType().asSubclass(JsonModel.class);
      return BuiltModel.of(type, node(type, with));
    } else if (with.isForm()) {
      return field(parameter, with);
    }
    return BuiltModel.value(parameter.getParameterizedType(), value(parameter, with));
  }

  private static Object field(Parameter parameter, Arguments with) {
    String value = with.fieldOf(parameter.getName());
    return parameter.getType() == FileUpload.class
        ? FileUpload.of(value, "text/csv", Setters.FILE.getBytes(StandardCharsets.UTF_8))
        : value;
  }

  /** Returns the type that a function builds; null if the parameter is no function. */
  static @Nullable Class<?> built(Parameter parameter) {
    if (parameter.getType() != Consumer.class) {
      return null;
    }
    ParameterizedType type = (ParameterizedType) parameter.getParameterizedType();
    return ((Class<?>) type.getActualTypeArguments()[0]).getEnclosingClass();
  }

  private static List<String> path(Class<?> type) {
    String name = type.getSimpleName();
    if (name.endsWith("Attributes")) {
      return List.of("data", "attributes");
    } else if (name.endsWith("Meta")) {
      return List.of("meta");
    }
    return name.endsWith("Data") ? List.of("data") : List.of();
  }

  private static JsonNode node(Class<?> type, Arguments with) {
    JsonNode node = Objects.requireNonNull(with.body());
    for (String step : path(type)) {
      node = node.path(step);
    }
    return node.isObject() ? node : JsonNodeFactory.instance.objectNode();
  }

  /** Returns the only value of a body, by the name of its parameter. */
  private static JsonNode value(Parameter parameter, Arguments with) {
    JsonNode found = find(parameter.getName(), Objects.requireNonNull(with.body()));
    if (found == null) {
      throw new AssertionError("The example has no " + parameter.getName() + ": " + with.body());
    }
    return found;
  }

  private static @Nullable JsonNode find(String name, JsonNode in) {
    for (Map.Entry<String, JsonNode> property : in.properties()) {
      if (Names.letters(property.getKey()).equals(Names.letters(name))) {
        return property.getValue();
      }
      JsonNode nested = find(name, property.getValue());
      if (nested != null) {
        return nested;
      }
    }
    return null;
  }

  /** Returns the body that a form has to send: only the parts that its parameters are for. */
  static JsonNode expected(String kind, List<Parameter> own, Arguments with) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    for (Parameter parameter : own) {
      if (parameter.getType() == Search.class) {
        return Objects.requireNonNull(with.body());
      }
      Class<?> type = built(parameter);
      if (type == null && JsonModel.class.isAssignableFrom(parameter.getType())) {
        type = parameter.getType();
      }
      if (type == null) {
        return only(parameter.getName(), Objects.requireNonNull(with.body()));
      }
      List<String> path = path(type);
      if (path.isEmpty()) {
        return node(type, with);
      }
      ObjectNode owner = body;
      for (String step : path.subList(0, path.size() - 1)) {
        owner = owner.withObject("/" + step);
      }
      owner.set(path.get(path.size() - 1), node(type, with));
    }
    if (!kind.isEmpty()) {
      String type = kind.replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
      body.withObject("/data").put("type", "report/" + type);
    }
    return body;
  }

  private static ObjectNode only(String name, JsonNode body) {
    ObjectNode copy = JsonNodeFactory.instance.objectNode();
    for (Map.Entry<String, JsonNode> property : body.properties()) {
      if (Names.letters(property.getKey()).equals(Names.letters(name))) {
        copy.set(property.getKey(), property.getValue());
      } else if (find(name, property.getValue()) != null) {
        copy.set(property.getKey(), only(name, property.getValue()));
      }
    }
    return copy;
  }
}
