package io.github.persona4j.drift;

import io.github.persona4j.drift.Range.Bound;
import io.github.persona4j.drift.ScalarShape.Openness;
import io.github.persona4j.drift.Shape.Nulls;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the keywords of one schema, in the spelling of OpenAPI 3.0 or 3.1. */
final class ShapeReader {
  private static final List<String> OBJECT_KEYWORDS =
      List.of("properties", "patternProperties", "minProperties", "maxProperties");
  private static final List<String> ARRAY_KEYWORDS =
      List.of("items", "prefixItems", "minItems", "maxItems", "uniqueItems");
  private static final List<String> STRING_KEYWORDS = List.of("pattern", "minLength", "maxLength");
  private static final List<String> NUMBER_KEYWORDS =
      List.of("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf");
  private static final List<String> CONDITIONS =
      List.of("not", "if", "dependentRequired", "dependentSchemas", "contains", "propertyNames");
  private static final Pattern VALUES =
      Pattern.compile("[Pp]ossible values?:?\\s*\\n((?:\\s*[-*] .*\\n?)+)");
  private static final Pattern VALUE = Pattern.compile("\\s*[-*] [`\"]?([\\w/.:+-]+)[`\"]?.*");

  private final Schemas schemas;
  private final Node node;
  private final boolean nullable;

  ShapeReader(Schemas schemas, Node node) {
    this.schemas = schemas;
    this.node = node;
    this.nullable = node.isTrue("nullable") || node.isTrue("x-nullable");
  }

  Shape read() {
    Set<String> types = statedTypes();
    boolean stated = !types.isEmpty();
    List<Node> values = values();
    boolean nulls = types.remove("null") || nullable;
    if (!stated) {
      types = inferredTypes(values);
      nulls |= values.stream().anyMatch(Node::isNull);
    }
    boolean onlyNull = values.stream().allMatch(Node::isNull) && !values.isEmpty();
    if (onlyNull && nulls) {
      types.clear();
    }
    Map<String, ScalarShape> scalars = new TreeMap<>();
    ArrayShape array = null;
    List<ObjectShape> objects = new ArrayList<>();
    for (String type : types) {
      switch (type) {
        case "array" -> array = array();
        case "object" -> objects.add(object());
        default -> scalars.merge(kind(type), scalar(type, types, values), ScalarShape::or);
      }
    }
    boolean nothing = types.isEmpty();
    return new Shape(
        nothing && !stated && !onlyNull,
        nulls(stated, nothing, nulls),
        scalars,
        array,
        objects,
        node.isTrue("deprecated"),
        node.isTrue("readOnly"),
        node.isTrue("writeOnly"),
        initial(),
        conditions());
  }

  private Nulls nulls(boolean stated, boolean nothing, boolean nulls) {
    if (nulls) {
      return nullable && !stated ? Nulls.YES_FOR_ALL : Nulls.YES;
    }
    return nothing && !stated ? Nulls.UNSTATED : Nulls.NO;
  }

  private @Nullable String initial() {
    Node value = node.get("default");
    return value == null || value.isNull() ? null : value.text();
  }

  private Set<String> conditions() {
    Set<String> conditions = new TreeSet<>();
    for (String keyword : CONDITIONS) {
      boolean idle = keyword.equals("if") && !node.has("then") && !node.has("else");
      Node condition = idle ? null : node.get(keyword);
      if (condition != null) {
        String text = keyword + " " + schemas.text(condition);
        for (String branch : keyword.equals("if") ? List.of("then", "else") : List.<String>of()) {
          Node then = node.get(branch);
          text += then == null ? "" : " " + branch + " " + schemas.text(then);
        }
        conditions.add(text);
      }
    }
    return conditions;
  }

  private Set<String> statedTypes() {
    Set<String> types = new TreeSet<>(node.strings("type"));
    String type = node.string("type");
    if (type != null) {
      types.add(type);
    }
    types.remove("any");
    return types;
  }

  private List<Node> values() {
    Node constant = node.get("const");
    return constant != null ? List.of(constant) : node.items("enum");
  }

  private Set<String> inferredTypes(List<Node> values) {
    Set<String> types = new TreeSet<>();
    for (Node value : values) {
      if (value.isString()) {
        types.add("string");
      } else if (value.isBoolean()) {
        types.add("boolean");
      } else if (value.isNumber()) {
        types.add(isWhole(value) ? "integer" : "number");
      } else if (value.isArray()) {
        types.add("array");
      } else if (value.isObject()) {
        types.add("object");
      }
    }
    if (!values.isEmpty()) {
      return types;
    }
    Node additional = node.get("additionalProperties");
    if (OBJECT_KEYWORDS.stream().anyMatch(node::has)
        || !node.items("required").isEmpty()
        || (additional != null && !additional.isTrue() && isStated(additional))) {
      types.add("object");
    }
    if (ARRAY_KEYWORDS.stream().anyMatch(node::has)) {
      types.add("array");
    }
    if (types.isEmpty() && (STRING_KEYWORDS.stream().anyMatch(node::has) || isText())) {
      types.add("string");
    }
    if (types.isEmpty() && NUMBER_KEYWORDS.stream().anyMatch(node::has)) {
      types.add("number");
    }
    return types;
  }

  private boolean isText() {
    String format = node.string("format");
    return (format != null && format.matches("date|date-time|uri|uuid|email|byte|binary"))
        || node.has("contentEncoding")
        || node.has("contentMediaType");
  }

  private static boolean isWhole(Node value) {
    return new BigDecimal(value.text()).stripTrailingZeros().scale() <= 0;
  }

  private static boolean isStated(Node schema) {
    return schema.isFalse() || !schema.members().isEmpty();
  }

  private static String kind(String type) {
    return type.equals("integer") ? "number" : type;
  }

  private ScalarShape scalar(String type, Set<String> types, List<Node> allValues) {
    // YAML reads a value such as 2023 as a number, also where only strings are possible.
    boolean onlyString = type.equals("string") && types.size() == 1;
    Set<String> values = new TreeSet<>();
    for (Node value : allValues) {
      boolean fits =
          switch (type) {
            case "string" -> value.isString() || (onlyString && !value.isNull());
            case "boolean" -> value.isBoolean();
            case "integer", "number" -> value.isNumber();
            default -> !value.isNull();
          };
      if (fits) {
        values.add(value.text());
      }
    }
    Openness openness = values.isEmpty() ? Openness.OPEN : Openness.CLOSED;
    if (values.isEmpty() && type.equals("string")) {
      values.addAll(node.strings("x-known-values"));
      openness = values.isEmpty() ? Openness.OPEN : Openness.STATED;
      if (values.isEmpty()) {
        values.addAll(valuesInText());
        openness = values.isEmpty() ? Openness.OPEN : Openness.PROSE;
      }
    }
    if (type.equals("boolean") && values.size() == 2) {
      values.clear();
      openness = Openness.OPEN;
    }
    String pattern = node.string("pattern");
    BigDecimal step = node.number("multipleOf");
    boolean text = type.equals("string");
    boolean number = type.equals("integer") || type.equals("number");
    return new ScalarShape(
        type,
        values,
        openness,
        Set.of(format(text)),
        Set.of(text && pattern != null ? pattern : ""),
        number ? range(type.equals("integer")) : Range.ALL,
        text ? size("minLength", "maxLength") : Range.ALL,
        number && step != null ? Node.plain(step) : "");
  }

  private Set<String> valuesInText() {
    Set<String> values = new TreeSet<>();
    String text = node.string("description");
    Matcher list = text == null || text.length() > 100_000 ? null : VALUES.matcher(text);
    if (list != null && list.find()) {
      for (String line : list.group(1).lines().toList()) {
        Matcher value = VALUE.matcher(line);
        if (value.matches()) {
          values.add(value.group(1));
        }
      }
    }
    return values;
  }

  private String format(boolean text) {
    String format = node.string("format");
    if (format != null) {
      return format;
    }
    if (text && node.has("contentEncoding")) {
      return "base64".equals(node.string("contentEncoding")) ? "byte" : "";
    }
    return text && node.has("contentMediaType") ? "binary" : "";
  }

  private Range range(boolean whole) {
    return new Range(
        bound("minimum", "exclusiveMinimum", whole, RoundingMode.CEILING, 1),
        bound("maximum", "exclusiveMaximum", whole, RoundingMode.FLOOR, -1));
  }

  private @Nullable Bound bound(
      String keyword, String exclusive, boolean whole, RoundingMode rounding, int sign) {
    BigDecimal value = node.number(keyword);
    BigDecimal excluded = node.number(exclusive);
    Bound bound = value == null ? null : new Bound(value, node.isTrue(exclusive));
    if (excluded != null) {
      Bound other = new Bound(excluded, true);
      bound = Range.isTighter(bound, other, sign) ? other : bound;
    }
    if (bound == null || !whole) {
      return bound;
    }
    BigDecimal rounded = bound.value().setScale(0, rounding);
    boolean moves = bound.exclusive() && rounded.compareTo(bound.value()) == 0;
    return new Bound(moves ? rounded.add(BigDecimal.valueOf(sign)) : rounded, false);
  }

  /** Returns the range of a size, in which a minimum of 0 is none. */
  private Range size(String least, String most) {
    BigDecimal low = node.number(least);
    BigDecimal high = node.number(most);
    return new Range(
        low == null || low.signum() <= 0 ? null : new Bound(low, false),
        high == null ? null : new Bound(high, false));
  }

  private ArrayShape array() {
    Node items = node.get("items");
    List<Schema> kinds = new ArrayList<>();
    node.items("prefixItems").forEach(item -> kinds.add(schemas.of(item)));
    if (items != null && items.isArray()) {
      items.items().forEach(item -> kinds.add(schemas.of(item)));
    } else if (items != null && items.isObject() && !items.members().isEmpty()) {
      kinds.add(schemas.of(items));
    }
    return new ArrayShape(
        kinds.isEmpty() ? schemas.anything() : schemas.either(kinds),
        size("minItems", "maxItems"),
        node.isTrue("uniqueItems"));
  }

  private ObjectShape object() {
    Map<String, Schema> properties = new LinkedHashMap<>();
    node.members("properties").forEach((name, schema) -> properties.put(name, schemas.of(schema)));
    Set<String> required = new TreeSet<>(node.strings("required"));
    List<Schema> others = new ArrayList<>();
    node.members("patternProperties").values().forEach(schema -> others.add(schemas.of(schema)));
    Node additional = node.get("additionalProperties");
    Node unevaluated = node.get("unevaluatedProperties");
    Node last = additional == null ? unevaluated : additional;
    if (last != null && last.isObject() && !last.members().isEmpty()) {
      others.add(schemas.of(last));
    }
    return new ObjectShape(
        properties,
        required,
        others.isEmpty() ? null : schemas.either(others),
        last != null && last.isFalse() && others.isEmpty(),
        size("minProperties", "maxProperties"),
        null,
        null);
  }

  /** Returns a scalar with the values, and no other. */
  static ScalarShape closed(String type, Set<String> values) {
    return new ScalarShape(
        type, values, Openness.CLOSED, Set.of(""), Set.of(""), Range.ALL, Range.ALL, "");
  }

  static Shape scalar(ScalarShape scalar) {
    return new Shape(
        false,
        Nulls.NO,
        Map.of(scalar.type(), scalar),
        null,
        List.of(),
        false,
        false,
        false,
        null,
        Set.of());
  }
}
