package io.github.persona4j.drift;

import io.github.persona4j.drift.Parameter.Need;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;

/**
 * Reads the parameters of an operation. Properties of an object in the query are parameters of
 * their own, with names in brackets, as they are sent. Path parameters are identified by their
 * position.
 */
final class ParameterReader {
  private final Documents documents;
  private final Schemas schemas;
  private final List<String> pathNames = new ArrayList<>();
  private final Map<String, Parameter> parameters = new LinkedHashMap<>();

  ParameterReader(Documents documents, Schemas schemas, String path) {
    this.documents = documents;
    this.schemas = schemas;
    Matcher matcher = Description.PATH_PARAMETER.matcher(path);
    while (matcher.find()) {
      pathNames.add(matcher.group(1));
    }
  }

  /** Returns the parameters that were read by what identifies them. */
  Map<String, Parameter> parameters() {
    return parameters;
  }

  /** Adds a parameter; it replaces an earlier one with the same name. */
  void read(Node node) {
    String name = node.string("name");
    String in = node.string("in");
    if (name == null || in == null) {
      documents.problem(node, "a parameter without a name or a place");
      return;
    }
    Map<String, Node> content = node.members("content");
    boolean hasContent = !content.isEmpty();
    Node owner = hasContent ? documents.resolve(content.values().iterator().next()) : node;
    Schema schema = schemas.of(owner.get("schema"));
    Need need = node.isTrue("required") || in.equals("path") ? Need.REQUIRED : Need.OPTIONAL;
    String style = style(node, in);
    boolean deprecated = node.isTrue("deprecated");
    boolean reserved = in.equals("query") && node.isTrue("allowReserved");
    if (in.equals("query") && !hasContent) {
      parameters.keySet().removeIf(key -> key.startsWith("query " + name + "["));
      // Parameters with brackets are as good as a deep object; other styles write other names.
      String innerStyle = style.equals("deepObject") ? "form exploded" : "object as " + style;
      Parameter parameter =
          new Parameter("query " + name, need, deprecated, style, reserved, schema);
      add(parameter, List.of(), innerStyle);
    } else {
      put(
          key(in, name),
          new Parameter(
              in + " " + name,
              need,
              deprecated,
              hasContent ? "content " + content.keySet().iterator().next() : style,
              reserved,
              schema));
    }
  }

  private String key(String in, String name) {
    return switch (in) {
      case "path" -> "path " + (position(name) + 1);
      case "header" -> "header " + name.toLowerCase(Locale.ROOT);
      default -> in + " " + name;
    };
  }

  /** Returns the position in the path; for a name that is not there, the next that is free. */
  private int position(String name) {
    if (!pathNames.contains(name)) {
      int free = 0;
      while (parameters.containsKey("path " + (free + 1))) {
        free++;
      }
      while (free >= pathNames.size()) {
        pathNames.add(name);
      }
      pathNames.set(free, name);
    }
    return pathNames.indexOf(name);
  }

  private static String style(Node node, String in) {
    boolean form = in.equals("query") || in.equals("cookie");
    String style = node.string("style");
    String result = style != null ? style : form ? "form" : "simple";
    Node stated = node.get("explode");
    boolean explode = stated == null ? result.equals("form") : stated.isTrue();
    return result.equals("deepObject") ? result : result + (explode ? " exploded" : "");
  }

  /** Adds a parameter of the query, whose key is its name. */
  private void add(Parameter parameter, List<Schema> outer, String innerStyle) {
    Shape shape = parameter.schema().shape();
    List<ObjectShape> objects = new ArrayList<>(shape.objects());
    objects.removeIf(object -> object.properties().isEmpty() && object.additional() == null);
    if (objects.isEmpty() || outer.contains(parameter.schema()) || outer.size() > 8) {
      put(parameter.name(), parameter);
      return;
    }
    if (shape.anything() || !shape.scalars().isEmpty() || shape.array() != null) {
      put(parameter.name(), parameter);
    }
    List<Schema> path = new ArrayList<>(outer);
    path.add(parameter.schema());
    for (ObjectShape object : objects) {
      object
          .properties()
          .forEach(
              (property, schema) -> {
                boolean required = object.required().contains(property) && objects.size() == 1;
                add(inner(parameter, property, schema, required, innerStyle), path, innerStyle);
              });
      Schema additional = object.additional();
      if (additional != null) {
        Parameter any = inner(parameter, "*", additional, false, innerStyle);
        put(any.name(), any);
      }
    }
  }

  private static Parameter inner(
      Parameter outer, String property, Schema schema, boolean required, String style) {
    Need need =
        !required ? Need.OPTIONAL : outer.need() == Need.REQUIRED ? Need.REQUIRED : Need.WITHIN;
    return new Parameter(
        outer.name() + "[" + property + "]",
        need,
        outer.deprecated() || outer.schema().shape().deprecated(),
        style,
        outer.reserved(),
        schema);
  }

  private void put(String key, Parameter parameter) {
    Parameter known = parameters.get(key);
    if (known != null && key.contains("[") && known.schema() != parameter.schema()) {
      parameters.put(
          key,
          new Parameter(
              known.name(),
              known.need(),
              known.deprecated() && parameter.deprecated(),
              known.style(),
              known.reserved() || parameter.reserved(),
              schemas.either(List.of(known.schema(), parameter.schema()))));
    } else {
      parameters.put(key, parameter);
    }
  }
}
