package io.github.persona4j.generator;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.openapitools.codegen.CodegenModel;
import org.openapitools.codegen.CodegenProperty;

/**
 * Which part of a JSON body callers set: the attributes in {@code data}, {@code meta}, or all of
 * it. The rest is written by the generated code.
 *
 * <ul>
 *   <li>A body with {@code data} has the attributes as its part, or {@code data} if that has no
 *       attributes, and {@code meta} beside it.
 *   <li>A body with nothing but {@code meta} has that as its part.
 *   <li>Any other body is its only part.
 * </ul>
 */
final class BodyShape {
  private final Models models;
  private final String type;
  private final @Nullable Part part;
  private final @Nullable Part meta;
  private final List<Kind> kinds;

  private BodyShape(
      Models models, String type, @Nullable Part part, @Nullable Part meta, List<Kind> kinds) {
    this.models = models;
    this.type = type;
    this.part = part;
    this.meta = meta;
    this.kinds = kinds;
  }

  /**
   * A part of the body that has a builder.
   *
   * @param path the models that it is in, with the names of their setters, from the outermost
   */
  record Part(CodegenModel model, String name, List<Step> path) {
    String type() {
      return model.classname;
    }

    /** Returns an expression for the outermost model but one with this part in it. */
    String wrapped(String expression) {
      String wrapped = expression;
      for (int i = path.size() - 1; i > 0; i--) {
        wrapped = path.get(i).set(path.get(i).type() + ".builder()", wrapped) + ".build()";
      }
      return wrapped;
    }
  }

  /** A setter of a model. */
  record Step(String type, String setter) {
    String set(String builder, String value) {
      return builder + "." + setter + "(" + value + ")";
    }
  }

  /** A kind of a body that is one of several, such as {@code AddressLookup}, with its part. */
  record Kind(String name, Part part) {}

  /**
   * The only value of a body, which is an argument of its own.
   *
   * @param isRequired whether a body without it makes no sense
   */
  record SingleValue(String type, String name, String description, boolean isRequired, Part part) {
    /** Returns an expression for the part with this value. */
    String built() {
      return part.type() + ".builder()." + name + "(" + name + ").build()";
    }
  }

  static BodyShape of(String type, Models models) {
    CodegenModel body = models.findClass(type);
    if (body == null) {
      return new BodyShape(models, type, null, null, List.of());
    }
    CodegenProperty data = Models.settable(body, "data");
    CodegenProperty meta = Models.settable(body, "meta");
    boolean isWrapped =
        Models.settable(body).stream()
            .allMatch(property -> List.of("data", "meta").contains(property.baseName));
    if (!isWrapped || body.vars.isEmpty()) {
      return new BodyShape(models, type, new Part(body, "body", List.of()), null, List.of());
    }
    Part metaPart = meta == null ? null : part(meta, List.of(step(body, meta)), models);
    if (data == null) {
      return new BodyShape(models, type, metaPart, null, List.of());
    }
    List<Step> toData = List.of(step(body, data));
    CodegenModel union = models.find(data.dataType);
    if (union != null && !union.oneOf.isEmpty()) {
      return new BodyShape(models, type, null, metaPart, kinds(union, toData, models));
    }
    return new BodyShape(models, type, dataPart(data, toData, models), metaPart, List.of());
  }

  private static @Nullable Part dataPart(CodegenProperty data, List<Step> path, Models models) {
    CodegenModel model = models.findClass(data.dataType);
    return model == null ? null : dataPart(model, path, models);
  }

  private static Part dataPart(CodegenModel data, List<Step> path, Models models) {
    CodegenProperty attributes = Models.settable(data, "attributes");
    if (attributes != null && Models.settable(data).size() == 1) {
      List<Step> toAttributes = new ArrayList<>(path);
      toAttributes.add(step(data, attributes));
      Part part = part(attributes, toAttributes, models);
      if (part != null) {
        return part;
      }
    }
    return new Part(data, "data", path);
  }

  private static @Nullable Part part(CodegenProperty property, List<Step> path, Models models) {
    CodegenModel model = models.findClass(property.dataType);
    return model == null ? null : new Part(model, property.name, path);
  }

  private static Step step(CodegenModel owner, CodegenProperty property) {
    return new Step(owner.classname, property.name);
  }

  private static List<Kind> kinds(CodegenModel union, List<Step> path, Models models) {
    List<Kind> kinds = new ArrayList<>();
    union.discriminator.getMappedModels().stream()
        .sorted()
        .forEach(
            member -> {
              CodegenModel data = models.findClass(member.getModelName());
              if (data == null) {
                throw new IllegalArgumentException(
                    union.classname + " has the member " + member.getModelName() + ", no class");
              }
              kinds.add(new Kind(kindName(member.getMappingName()), dataPart(data, path, models)));
            });
    return kinds;
  }

  /** Returns {@code AddressLookup} for {@code report/address-lookup}. */
  static String kindName(String type) {
    StringBuilder name = new StringBuilder();
    for (String word : type.substring(type.indexOf('/') + 1).split("[-_]", -1)) {
      name.append(Names.capitalized(word));
    }
    return name.toString();
  }

  /** The part that callers set; empty if there are several kinds or the body has no builder. */
  Optional<Part> part() {
    return Optional.ofNullable(part);
  }

  /** {@code meta} beside the attributes. */
  Optional<Part> meta() {
    return Optional.ofNullable(meta);
  }

  /** The kinds of a body whose {@code data} is one of several. */
  List<Kind> kinds() {
    return kinds;
  }

  /**
   * The value to which the body comes down: the only property of its only part, or the one that the
   * part names with {@code x-argument}.
   */
  Optional<SingleValue> singleValue() {
    if (part == null || meta != null) {
      return Optional.empty();
    }
    Object named = part.model().vendorExtensions.get("x-argument");
    List<CodegenProperty> all = Models.settable(part.model());
    CodegenProperty value =
        named != null
            ? Models.settable(part.model(), named.toString())
            : all.size() == 1 ? all.get(0) : null;
    if (value == null) {
      if (named != null) {
        throw new IllegalArgumentException(part.type() + " has no property " + named);
      }
      return Optional.empty();
    }
    if (isOpen(value)
        || (value.isArray && isOpen(value.items))
        || models.findClass(value.dataType) != null) {
      return Optional.empty();
    }
    return Optional.of(
        new SingleValue(
            value.isInteger ? "Long" : value.dataType,
            value.name,
            String.valueOf(value.description),
            value.required || named != null,
            part));
  }

  /** Whether the keys of a value are not described, so that it has no good Java type. */
  private static boolean isOpen(CodegenProperty value) {
    return value.isMap || value.isFreeFormObject || value.isAnyType;
  }

  /**
   * Whether the single value is all that can be set, so that there is no other form but the body.
   */
  boolean isOnlyValue() {
    return singleValue().isPresent() && part != null && Models.settable(part.model()).size() == 1;
  }

  /** Returns an expression for the body with a part in it. */
  String body(Part part, String expression) {
    return body(part, expression, null, "");
  }

  /** Returns an expression for the body with two parts in it. */
  String body(Part part, String expression, @Nullable Part beside, String besideExpression) {
    if (part.path().isEmpty()) {
      return expression;
    }
    String builder = part.path().get(0).set(type + ".builder()", part.wrapped(expression));
    if (beside != null) {
      builder = beside.path().get(0).set(builder, beside.wrapped(besideExpression));
    }
    return builder + ".build()";
  }
}
