package io.github.persona4j.generator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.persona4j.generator.BodyShape.Kind;
import io.github.persona4j.generator.BodyShape.Part;
import io.github.persona4j.generator.BodyShape.SingleValue;
import io.github.persona4j.generator.BodyShape.Step;
import io.github.persona4j.generator.JavaCode.Chain;
import io.github.persona4j.generator.JavaCode.Invocation;
import io.github.persona4j.generator.JavaCode.Lambda;
import io.github.persona4j.generator.JavaCode.Place;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.SourceVersion;
import org.jspecify.annotations.Nullable;
import org.openapitools.codegen.CodegenModel;
import org.openapitools.codegen.CodegenOperation;
import org.openapitools.codegen.CodegenParameter;
import org.openapitools.codegen.CodegenProperty;
import org.openapitools.codegen.CodegenResponse;

/**
 * Writes the call of an operation that makes the request in the examples of the description, in the
 * shortest form that can. A value without an example is a variable.
 */
final class ExampleCalls {
  /** The operations, beside those that create, whose result a user needs. */
  private static final List<String> VERBS_WITH_RESULT =
      List.of("create", "clone", "import", "redeem", "run", "trigger", "rotate");

  private static final String AUTHORIZATION = "PrivateToken token=sample";
  private static final Set<String> TAKEN = Set.of("persona");

  private final Models models;
  private final String modelPackage;
  private final Map<String, String> ids;

  /**
   * @param ids examples of IDs by the names of their parameters
   */
  ExampleCalls(Models models, String modelPackage, Map<String, String> ids) {
    this.models = models;
    this.modelPackage = modelPackage;
    this.ids = ids;
  }

  /**
   * An operation to be called.
   *
   * @param accessor the method of the client that returns its group
   * @param required its arguments but the body
   * @param body its body or form; null if it has none
   * @param example of its request
   */
  record Called(
      CodegenOperation operation,
      String accessor,
      List<Argument> required,
      @Nullable Argument body,
      @Nullable Paging paging,
      RequestExample example) {
    Called withoutExample() {
      return new Called(operation, accessor, required, body, paging, RequestExample.NONE);
    }
  }

  /** Returns the example of an operation. */
  OperationExample of(Called called) {
    try {
      return new Call(called).example();
    } catch (RuntimeException e) {
      // An example that does not match its schema makes no call, but it does not end the build.
      return new Call(called.withoutExample()).example();
    }
  }

  /** One example in the making. */
  private final class Call {
    private final Called called;
    private final CodegenOperation operation;
    private final ExampleCode code = new ExampleCode(models, modelPackage);
    private final List<JavaCode> arguments = new ArrayList<>();
    private final List<String> types = new ArrayList<>();
    private final Map<String, String> query = new LinkedHashMap<>();
    private final StringBuilder before = new StringBuilder();
    private String suffix = "";
    private @Nullable JsonNode body;
    private boolean isComplete = true;

    Call(Called called) {
      this.called = called;
      this.operation = called.operation();
    }

    OperationExample example() {
      called.required().forEach(this::addRequired);
      if (called.body() == null) {
        addQuery();
      } else if (operation.bodyParam == null) {
        addForm(called.body());
      } else {
        addBody(operation.bodyParam, called.body());
      }
      String method = operation.operationId + suffix;
      Paging paging = called.paging();
      if (paging != null) {
        method = paging.all();
      }
      String text = before + statement(method, paging);
      return new OperationExample(method, types, text, code.imports(), query, body, isComplete);
    }

    private void add(String type, JavaCode argument) {
      types.add(type);
      arguments.add(argument);
    }

    private void addRequired(Argument argument) {
      String wireName = argument.wireName();
      String example = called.example().parameters().get(wireName);
      if (example == null) {
        example = ids.get(wireName.replaceAll("^\\w+\\[(.*)]$", "$1"));
      }
      if (example == null && wireName.equals("Authorization")) {
        example = AUTHORIZATION;
      }
      if (example == null) {
        isComplete = false;
        add(argument.type(), JavaCode.of(argument.name()));
        return;
      }
      if (argument.isQuery()) {
        query.put(wireName, example);
      }
      add(argument.type(), scalar(argument.type(), example));
    }

    private JavaCode scalar(String type, String value) {
      CodegenModel model = models.find(type);
      if (model != null) {
        return code.knownValue(model, value);
      }
      return switch (type) {
        case "Integer" -> JavaCode.of(String.valueOf(Integer.parseInt(value)));
        case "Boolean" -> ExampleCode.bool(value);
        case "Long" -> JavaCode.of(Long.parseLong(value) + "L");
        case "BigDecimal" ->
            JavaCode.of("new " + code.use(type) + "(\"" + new BigDecimal(value) + "\")");
        case "LocalDate" -> code.date(value);
        case "OffsetDateTime" -> code.dateTime(value);
        case "String" -> JavaCode.string(value);
        default -> throw new IllegalArgumentException("no literal of " + type);
      };
    }

    /** Adds the parts of parameters such as {@code filter} that have an example. */
    private void addQuery() {
      if (!operation.vendorExtensions.containsKey("ownQuery")) {
        return;
      }
      List<Invocation> setters = new ArrayList<>();
      for (CodegenParameter parameter : operation.queryParams) {
        for (CodegenProperty part : parameter.vars) {
          String wireName = parameter.baseName + "[" + part.baseName + "]";
          String example = called.example().parameters().get(wireName);
          if (example != null && parameter.isDeepObject && !parameter.isMap) {
            query.put(wireName, example);
            Object item = part.vendorExtensions.getOrDefault("x-item", part.dataType);
            setters.add(
                new Invocation(
                    parameter.paramName + part.nameInPascalCase,
                    List.of(scalar(item.toString(), example))));
          }
        }
      }
      if (!setters.isEmpty()) {
        add("Consumer", new Lambda("q", new Chain(JavaCode.of("q"), setters)));
      }
    }

    private void addForm(Argument form) {
      for (OperationForms.ShorterBody shorter : FormArguments.of(operation, form.type())) {
        if (addParts(shorter)) {
          return;
        }
      }
      addVariable(form);
    }

    /** Adds the parts of a form, if the example has all of them that are required. */
    private boolean addParts(OperationForms.ShorterBody shorter) {
      JsonNode example = called.example().body();
      if (example == null) {
        return false;
      }
      List<JavaCode> values = new ArrayList<>();
      ObjectNode sent = FormArguments.constants(operation, shorter.suffix());
      for (Parameter parameter : shorter.parameters()) {
        String name = FormArguments.wireName(operation, parameter.name());
        JsonNode value =
            example.at("/" + name.replace("][", "/").replace("[", "/").replace("]", ""));
        if (parameter.linkType().equals("FileUpload") && value.isObject()) {
          String file = value.path("filename").asText("file");
          sent.put(name, file);
          values.add(upload(file));
        } else if (value.isTextual()) {
          sent.set(name, value);
          values.add(JavaCode.string(value.asText()));
        } else if (parameter.type().startsWith("@Nullable ")) {
          values.add(JavaCode.of("null"));
        } else {
          return false;
        }
      }
      body = sent;
      suffix = shorter.suffix();
      for (int i = 0; i < values.size(); i++) {
        add(shorter.parameters().get(i).linkType(), values.get(i));
      }
      return true;
    }

    private JavaCode upload(String file) {
      code.use("FileUpload");
      code.useQualified("java.nio.file.Path");
      String type = file.endsWith(".csv") ? "text/csv" : "application/octet-stream";
      JavaCode path = JavaCode.call("Path.of", List.of(JavaCode.string(file)));
      return JavaCode.of(
          JavaCode.call("FileUpload.of", List.of(path, JavaCode.string(type))).onOneLine());
    }

    private void addVariable(Argument argument) {
      isComplete = false;
      add(argument.type(), JavaCode.of(argument.name()));
    }

    private void addBody(CodegenParameter parameter, Argument argument) {
      JsonNode example = called.example().body();
      CodegenModel model = models.findClass(parameter.dataType);
      if (Searches.isSearch(operation) && example != null && addSearch(example)) {
        return;
      }
      if (example == null || model == null) {
        Optional<String> smallest = new SmallestBody(models).of(parameter.dataType);
        if (parameter.required || smallest.isEmpty()) {
          addVariable(argument);
        } else {
          body = JsonNodeFactory.instance.objectNode();
        }
        return;
      }
      ObjectNode shown = new ShownRequest(models).of(model, example);
      body = shown;
      BodyShape shape = BodyShape.of(parameter.dataType, models);
      if (!addValue(shape, shown) && !addParts(shape, shown) && !addKind(shape, shown)) {
        add(parameter.dataType, code.built(model, shown, TAKEN));
      }
    }

    private boolean addValue(BodyShape shape, ObjectNode shown) {
      Optional<SingleValue> single = shape.singleValue();
      if (single.isEmpty()) {
        return false;
      }
      SingleValue value = single.get();
      JsonNode part = part(value.part(), shown);
      CodegenProperty property = setBy(value.name(), value.part().model());
      if (part == null || part.size() != 1 || !part.has(property.baseName)) {
        return false;
      }
      add(
          Parameter.required(value.type(), value.name(), "").linkType(),
          code.value(property, part.get(property.baseName), TAKEN));
      return true;
    }

    private boolean addParts(BodyShape shape, ObjectNode shown) {
      if (shape.part().isEmpty() || shape.isOnlyValue()) {
        return false;
      }
      return addPart(shape, shape.part().get(), shown);
    }

    private boolean addPart(BodyShape shape, Part part, ObjectNode shown) {
      JsonNode json = part(part, shown);
      if (json == null || json.isEmpty()) {
        return false;
      }
      add("Consumer", code.function(part.model(), part.name(), json, TAKEN));
      JsonNode meta = part.name().equals("meta") ? null : shown.get("meta");
      if (meta != null && shape.meta().isPresent()) {
        add("Consumer", code.function(shape.meta().get().model(), "meta", meta, TAKEN));
      }
      return true;
    }

    private boolean addKind(BodyShape shape, ObjectNode shown) {
      String type = shown.path("data").path("type").asText();
      for (Kind kind : shape.kinds()) {
        if (kind.name().equals(BodyShape.kindName(type)) && addPart(shape, kind.part(), shown)) {
          suffix = kind.name();
          return true;
        }
      }
      return false;
    }

    /** Returns a part of a body; null if the body has more than that, or not this part. */
    private @Nullable JsonNode part(Part part, JsonNode shown) {
      JsonNode json = shown;
      for (Step step : part.path()) {
        CodegenModel owner = Objects.requireNonNull(models.findClass(step.type()));
        json = json.get(setBy(step.setter(), owner).baseName);
        if (json == null) {
          return null;
        }
      }
      return json;
    }

    private static CodegenProperty setBy(String setter, CodegenModel model) {
      return model.vars.stream()
          .filter(property -> property.name.equals(setter))
          .findFirst()
          .orElseThrow();
    }

    /** Adds the conditions and the order of a search; its page is that of the client. */
    private boolean addSearch(JsonNode example) {
      String resource = String.valueOf(operation.vendorExtensions.get("searchOf"));
      SearchCode search = new SearchCode(operation, resource, code);
      ObjectNode sent = JsonNodeFactory.instance.objectNode();
      JavaCode conditions = search.of(example, sent);
      if (conditions == null) {
        return false;
      }
      code.useQualified(apiPackage() + "." + resource + "Search");
      code.useQualified("static io.github.persona4j.search.Search.where");
      code.use("Search");
      code.use(resource);
      String start = "Search<" + resource + "> search = ";
      before.append(start).append(conditions.print(new Place(0, start.length(), 1))).append(";\n");
      add("Search", JavaCode.of("search"));
      body = sent;
      return true;
    }

    private String apiPackage() {
      return modelPackage.substring(0, modelPackage.lastIndexOf('.')) + ".api";
    }

    private String statement(String method, @Nullable Paging paging) {
      String call = "persona." + called.accessor() + "()." + method;
      if (paging != null) {
        String variable = variable(paging.item());
        String start = "for (" + code.use(paging.item()) + " " + variable + " : ";
        return print(start, call, ") {")
            + "\n  System.out.println("
            + variable
            + (hasId(paging.item()) ? ".id()" : "")
            + ");\n}";
      } else if (operation.isResponseFile) {
        code.useQualified("java.nio.file.Path");
        return print("", call, ".saveAs(Path.of(\"" + singular(called.accessor()) + ".pdf\"));");
      }
      CodegenModel response = models.find(operation.returnType);
      if (response == null) {
        return operation.returnType == null
            ? print("", call, ";")
            : print(declared(operation.returnType, "result"), call, ";");
      }
      CodegenProperty data = Models.property(response, "data");
      if (data == null) {
        return print(declared(response.classname, variable(response.classname)), call, ";");
      }
      CodegenProperty value = metaValue(response);
      if (value != null) {
        String start = declared("String", value.name);
        return print(start, call, ".meta()." + value.name + "();");
      } else if (!hasResult()) {
        return print("", call, ";");
      } else if (data.isArray) {
        String item = code.use(data.items.dataType);
        String start = declared(code.use("List") + "<" + item + ">", plural(variable(item)));
        return print(start, call, ".data();");
      }
      return print(declared(data.dataType, variable(data.dataType)), call, ".data();");
    }

    private String declared(String type, String variable) {
      return code.use(type) + " " + variable + " = ";
    }

    private String print(String start, String call, String end) {
      JavaCode made = JavaCode.call(call, arguments);
      String line = made.onOneLine();
      Place place = new Place(0, start.length(), end.length());
      Place below = new Place(4, 4, end.length());
      boolean isBroken = !place.fits(line);
      String printed = made.print(place);
      boolean isWide =
          printed.lines().findFirst().orElse("").length() + start.length() > JavaCode.WIDTH;
      boolean hasFunction = arguments.stream().anyMatch(Lambda.class::isInstance);
      boolean canBreak = start.endsWith("= ") || start.endsWith(": ");
      if (canBreak && isBroken && (isWide || !hasFunction || below.fits(line))) {
        return start.stripTrailing() + "\n    " + made.print(below) + end;
      }
      return start + printed + end;
    }

    private boolean isCreated() {
      return operation.responses.stream()
          .anyMatch((CodegenResponse each) -> "201".equals(each.code));
    }

    private boolean hasResult() {
      return operation.httpMethod.equals("GET")
          || isCreated()
          || VERBS_WITH_RESULT.stream().anyMatch(operation.operationId::startsWith);
    }

    /** Returns the value for which an operation is called, if that is in {@code meta}. */
    private @Nullable CodegenProperty metaValue(CodegenModel response) {
      CodegenProperty meta = Models.property(response, "meta");
      CodegenModel model = meta == null ? null : models.findClass(meta.dataType);
      if (model == null || model.vars.isEmpty() || isCreated()) {
        return null;
      }
      CodegenProperty first = model.vars.get(0);
      return first.isString ? first : null;
    }

    private boolean hasId(String type) {
      CodegenModel model = models.find(type);
      return model != null && (!model.oneOf.isEmpty() || Models.property(model, "id") != null);
    }
  }

  /** Returns {@code inquirySession} for such a class, and the last word of a longer name. */
  static String variable(String type) {
    String[] words = type.split("(?=\\p{Upper})", -1);
    String name = words.length > 2 ? words[words.length - 1] : type;
    String variable = name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
    return SourceVersion.isKeyword(variable) || TAKEN.contains(variable) ? "the" + name : variable;
  }

  private static String plural(String name) {
    return name.endsWith("y") ? name.substring(0, name.length() - 1) + "ies" : name + "s";
  }

  private static String singular(String name) {
    return name.endsWith("ies")
        ? name.substring(0, name.length() - 3) + "y"
        : name.endsWith("s") ? name.substring(0, name.length() - 1) : name;
  }
}
