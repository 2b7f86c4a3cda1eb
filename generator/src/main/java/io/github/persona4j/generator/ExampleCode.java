package io.github.persona4j.generator;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.persona4j.generator.JavaCode.Chain;
import io.github.persona4j.generator.JavaCode.Invocation;
import io.github.persona4j.generator.JavaCode.Lambda;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import javax.lang.model.SourceVersion;
import org.openapitools.codegen.CodegenModel;
import org.openapitools.codegen.CodegenProperty;
import org.openapitools.codegen.utils.StringUtils;

/** Writes JSON as the Java code that builds it, and remembers what that code imports. */
final class ExampleCode {
  /** Names of functions' parameters that are not the first letter of what they set. */
  private static final Map<String, String> LETTERS = Map.of("body", "b", "query", "q");

  private static final Map<String, String> IMPORTS =
      Map.of(
          "List", "java.util.List",
          "Map", "java.util.Map",
          "LocalDate", "java.time.LocalDate",
          "OffsetDateTime", "java.time.OffsetDateTime",
          "BigDecimal", "java.math.BigDecimal",
          "JsonValue", "io.github.persona4j.json.JsonValue",
          "FileUpload", "io.github.persona4j.request.FileUpload",
          "Search", "io.github.persona4j.search.Search");

  /** More entries than {@code Map.of} takes. */
  private static final int MOST_ENTRIES = 10;

  private final Models models;
  private final String modelPackage;
  private final Set<String> imports = new TreeSet<>();

  ExampleCode(Models models, String modelPackage) {
    this.models = models;
    this.modelPackage = modelPackage;
  }

  /** Returns the qualified names of the classes in the code so far. */
  List<String> imports() {
    return List.copyOf(imports);
  }

  /** Returns the simple name of a class, and imports it. */
  String use(String type) {
    String known = IMPORTS.get(type);
    if (known != null) {
      imports.add(known);
    } else if (models.find(type) != null) {
      imports.add(modelPackage + "." + type);
    }
    return type;
  }

  /** Imports a class that is not a model. */
  void useQualified(String name) {
    imports.add(name);
  }

  /**
   * Returns a function that sets the properties of a model.
   *
   * @param what it sets, such as {@code attributes}
   * @param around the names that are taken
   */
  JavaCode function(CodegenModel model, String what, JsonNode json, Set<String> around) {
    String letter = letter(what, around);
    Set<String> inside = new TreeSet<>(around);
    inside.add(letter);
    return new Lambda(letter, setters(JavaCode.of(letter), model, json, inside, false));
  }

  /** Returns an expression that builds a model. */
  JavaCode built(CodegenModel model, JsonNode json, Set<String> around) {
    return setters(JavaCode.of(use(model.classname) + ".builder()"), model, json, around, true);
  }

  private JavaCode setters(
      JavaCode receiver, CodegenModel model, JsonNode json, Set<String> around, boolean isBuilt) {
    List<Invocation> calls = new ArrayList<>();
    json.properties()
        .forEach(
            entry -> {
              CodegenProperty property = Models.property(model, entry.getKey());
              JsonNode value = entry.getValue();
              if (property == null) {
                List<JavaCode> field = List.of(JavaCode.string(entry.getKey()), plainValue(value));
                calls.add(new Invocation("set", field));
              } else if (value.isNull()) {
                Object clear = property.vendorExtensions.get("clearMethod");
                if (clear != null && !property.required) {
                  calls.add(new Invocation(clear.toString(), List.of()));
                }
              } else if (!property.isEnum) {
                calls.add(new Invocation(property.name, List.of(value(property, value, around))));
              }
            });
    if (isBuilt) {
      calls.add(new Invocation("build", List.of()));
    }
    return new Chain(receiver, calls);
  }

  /** Returns an expression for the value of a property. */
  JavaCode value(CodegenProperty property, JsonNode json, Set<String> around) {
    if (property.vendorExtensions.containsKey("hasBuilder")) {
      CodegenModel model = models.findClass(property.dataType);
      if (model != null && !json.isEmpty()) {
        return function(model, property.name, json, around);
      }
    }
    CodegenModel model = models.find(property.dataType);
    if (model != null && model.vendorExtensions.containsKey("x-known-values")) {
      return knownValue(model, text(json));
    } else if (property.isArray) {
      check(json.isArray(), json, "a list");
      List<JavaCode> items = new ArrayList<>();
      json.forEach(item -> items.add(value(property.items, item, around)));
      return JavaCode.call(use("List") + ".of", items);
    } else if (property.isMap) {
      return map(json, item -> value(property.items, item, around));
    } else if (model != null) {
      return model(model, json, around);
    } else if (property.isDateTime) {
      return dateTime(text(json));
    } else if (property.isDate) {
      return date(text(json));
    } else if (property.isBoolean) {
      return bool(json.asText());
    } else if (property.isInteger || property.isLong) {
      check(json.isIntegralNumber() && json.canConvertToLong(), json, "a long");
      return JavaCode.of(json.asLong() + "L");
    } else if (property.isNumber) {
      return number(json);
    } else if (property.isFreeFormObject || property.isAnyType) {
      return anyValue(json);
    }
    return JavaCode.string(text(json));
  }

  /** Refuses what would be no Java, or another value than that of the example. */
  private static void check(boolean isPossible, Object value, String expected) {
    if (!isPossible) {
      throw new IllegalArgumentException(value + " is not " + expected);
    }
  }

  private static String text(JsonNode json) {
    check(json.isTextual(), json, "a text");
    return json.asText();
  }

  JavaCode dateTime(String value) {
    OffsetDateTime.parse(value); // fails now, not when the example runs
    return JavaCode.call(use("OffsetDateTime") + ".parse", List.of(JavaCode.string(value)));
  }

  JavaCode date(String value) {
    LocalDate date = LocalDate.parse(value);
    return JavaCode.of(
        use("LocalDate")
            + ".of(%d, %d, %d)"
                .formatted(date.getYear(), date.getMonthValue(), date.getDayOfMonth()));
  }

  static JavaCode bool(String value) {
    check(value.equals("true") || value.equals("false"), value, "a boolean");
    return JavaCode.of(value);
  }

  private JavaCode number(JsonNode json) {
    check(json.isNumber(), json, "a number");
    String type = use("BigDecimal");
    return json.isIntegralNumber() && json.canConvertToLong()
        ? JavaCode.of(type + ".valueOf(" + literal(json) + ")")
        : JavaCode.of("new " + type + "(\"" + json.asText() + "\")");
  }

  /** Returns a number as a literal of int, long or double. */
  static String literal(JsonNode json) {
    check(json.isNumber(), json, "a number");
    boolean isPossible =
        json.isIntegralNumber() ? json.canConvertToLong() : Double.isFinite(json.doubleValue());
    check(isPossible, json, "a long or a double");
    boolean isLong = json.isIntegralNumber() && !json.canConvertToInt();
    return json.asText() + (isLong ? "L" : "");
  }

  /** Returns the constant of a known value, or else the value with this text. */
  JavaCode knownValue(CodegenModel model, String value) {
    String type = use(model.classname);
    if (model.vendorExtensions.get("x-constants") instanceof List<?> constants) {
      for (Object constant : constants) {
        Map<?, ?> named = (Map<?, ?>) constant;
        if (value.equals(String.valueOf(named.get("value")))) {
          return JavaCode.of(type + "." + named.get("name"));
        }
      }
    } else if (model.vendorExtensions.get("x-known-values") instanceof List<?> known
        && known.stream().anyMatch(each -> value.equals(String.valueOf(each)))) {
      return JavaCode.of(type + "." + constantName(value));
    }
    return JavaCode.call(type + ".of", List.of(JavaCode.string(value)));
  }

  /** Returns the constant of a known value of a type, or else the value with this text. */
  JavaCode knownValue(String type, String value) {
    CodegenModel model = models.find(type);
    return model == null ? JavaCode.string(value) : knownValue(model, value);
  }

  /** Returns the name that the template {@code constantName} gives to a value. */
  static String constantName(String value) {
    String camel = StringUtils.camelize(value.replace(" ", "_")).replaceAll("\\W", "");
    return StringUtils.underscore(camel).toUpperCase(Locale.ROOT);
  }

  private JavaCode model(CodegenModel model, JsonNode json, Set<String> around) {
    check(json.isObject(), json, "an object");
    if (model.oneOf.isEmpty()) {
      return built(model, json, around);
    }
    CodegenModel member = models.member(model, json);
    return member == null
        ? JavaCode.call("new " + use(model.classname) + ".Unknown", List.of(anyValue(json)))
        : built(member, json, around);
  }

  /** Returns an expression for the value of a field that the description does not know. */
  private JavaCode plainValue(JsonNode json) {
    if (json.isArray()) {
      List<JavaCode> items = new ArrayList<>();
      json.forEach(item -> items.add(plainValue(item)));
      return JavaCode.call(use("List") + ".of", items);
    } else if (json.isObject()) {
      return map(json, this::plainValue);
    }
    if (json.isTextual()) {
      return JavaCode.string(json.asText());
    }
    return json.isBoolean() ? bool(json.asText()) : JavaCode.of(literal(json));
  }

  private JavaCode anyValue(JsonNode json) {
    String of = use("JsonValue") + ".of";
    if (json.isTextual()) {
      return JavaCode.call(of, List.of(JavaCode.string(json.asText())));
    } else if (json.isBoolean()) {
      return JavaCode.of(of + "(" + json.asText() + ")");
    } else if (json.isIntegralNumber() && json.canConvertToLong()) {
      return JavaCode.of(of + "(" + literal(json) + ")");
    } else if (json.isObject() && json.size() <= MOST_ENTRIES) {
      return JavaCode.call(of, List.of(map(json, this::anyValue)));
    }
    return JavaCode.call(of + "Json", List.of(JavaCode.string(json.toString())));
  }

  private JavaCode map(JsonNode json, Function<JsonNode, JavaCode> valueOf) {
    check(json.isObject() && json.size() <= MOST_ENTRIES, json, "an object that Map.of can make");
    List<JavaCode> entries = new ArrayList<>();
    json.properties()
        .forEach(
            entry -> {
              JavaCode key = JavaCode.string(entry.getKey());
              entries.add(new JavaCode.Pair(key, valueOf.apply(entry.getValue())));
            });
    return JavaCode.call(use("Map") + ".of", entries);
  }

  /** Returns a name for the parameter of a function: a letter, or more of what it sets. */
  private static String letter(String setter, Set<String> around) {
    // Names that Java reserves, or that begin with a digit, have an underscore before them.
    String what = setter.replaceFirst("^[^\\p{L}]+", "");
    if (what.isEmpty()) {
      what = "value";
    }
    String name = LETTERS.getOrDefault(what, what.substring(0, 1).toLowerCase(Locale.ROOT));
    for (int length = 2; around.contains(name); length++) {
      name = length > what.length() ? name + "2" : what.substring(0, length);
      if (SourceVersion.isKeyword(name)) {
        name += "2";
      }
    }
    return name;
  }
}
