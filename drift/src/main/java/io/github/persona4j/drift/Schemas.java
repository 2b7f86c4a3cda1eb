package io.github.persona4j.drift;

import io.github.persona4j.drift.Shape.Nulls;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The schemas of a description, and how they combine: {@code allOf}, unions, discriminators. */
final class Schemas {
  private static final Set<String> TEXTS = Set.of("description", "title", "$comment");
  private static final int MAX_TEXT_DEPTH = 8;

  private final Documents documents;
  private final Schema anything = new Schema(() -> Shape.ANYTHING);
  private final IdentityHashMap<Node, Schema> byNode = new IdentityHashMap<>();
  private final IdentityHashMap<Node, Schema> bases = new IdentityHashMap<>();
  private final Map<List<Object>, Schema> combined = new HashMap<>();

  Schemas(Documents documents) {
    this.documents = documents;
  }

  Schema anything() {
    return anything;
  }

  /** Returns the schema that the node describes; anything, if it is null. */
  Schema of(@Nullable Node node) {
    if (node == null) {
      return anything;
    }
    Node target = node.members().size() == 1 ? documents.target(node) : null;
    Node schema = target == null ? node : target;
    return byNode.computeIfAbsent(schema, n -> new Schema(() -> shape(n, true), name(n)));
  }

  /** Returns the name of the schema, or of the only one that it consists of. */
  private @Nullable String name(Node node) {
    String name = documents.nameOf(node);
    List<Node> parts = node.items("allOf");
    Node part = parts.size() == 1 ? parts.get(0) : node;
    if (name != null || part.string("$ref") == null) {
      return name;
    }
    Node target = documents.target(part);
    return target == null ? null : documents.nameOf(target);
  }

  /** Returns the schema whose values both accept. */
  Schema both(Schema a, Schema b) {
    if (a == b) {
      return a;
    }
    return combine(
        List.of("both", a, b), () -> ShapeAlgebra.and(this, a.shape(), b.shape(), false));
  }

  /** Returns the schema whose values one of them accepts. */
  Schema either(List<Schema> schemas) {
    List<Schema> distinct = List.copyOf(new LinkedHashSet<>(schemas));
    if (distinct.size() == 1) {
      return distinct.get(0);
    }
    List<Object> key = new ArrayList<>(distinct);
    key.add(0, "either");
    return combine(key, () -> ShapeAlgebra.or(this, distinct.stream().map(Schema::shape).toList()));
  }

  /** Returns the schema of a form, in which objects in objects are parts with names in brackets. */
  Schema form(Schema schema) {
    return combine(List.of("form", schema), () -> flat(schema.shape()));
  }

  private Schema combine(List<Object> key, Supplier<Shape> shape) {
    return combined.computeIfAbsent(key, k -> new Schema(shape));
  }

  private Shape shape(Node node, boolean withUnions) {
    if (!node.isObject()) {
      return node.isFalse() ? Shape.ANYTHING.withNulls(Nulls.NO) : Shape.ANYTHING;
    }
    Node reference = node.get("$ref");
    List<Shape> parts = new ArrayList<>();
    if (reference != null) {
      Node target = documents.target(node);
      parts.add(target == null ? Shape.ANYTHING : of(target).shape());
    }
    for (Node part : node.items("allOf")) {
      parts.add(part(node, part).shape());
    }
    if (withUnions) {
      unions(node).forEach(union -> parts.add(union.shape()));
    }
    Shape own = new ShapeReader(this, node).read();
    if (!parts.isEmpty() && own.nulls() == Nulls.YES) {
      own = own.withNulls(Nulls.YES_FOR_ALL);
    }
    Shape whole = null;
    for (Shape part : parts) {
      whole = whole == null ? part : ShapeAlgebra.and(this, whole, part, false);
    }
    if (whole != null) {
      boolean untyped = !node.has("type");
      own = ShapeAlgebra.and(this, own, whole, untyped);
    }
    return named(own, documents.nameOf(node));
  }

  /**
   * Returns the content of a schema as text, with what references lead to and without its texts.
   */
  String text(Node node) {
    return text(node, 0);
  }

  private String text(Node node, int depth) {
    Node source = documents.resolve(node);
    if (depth > MAX_TEXT_DEPTH) {
      return "...";
    }
    if (source.isArray()) {
      return source.items().stream()
          .map(item -> text(item, depth + 1))
          .sorted()
          .toList()
          .toString();
    }
    if (!source.isObject()) {
      return source.text();
    }
    Map<String, String> members = new TreeMap<>();
    source
        .members()
        .forEach(
            (name, member) -> {
              if (!(TEXTS.contains(name) && member.isString()) && !name.startsWith("x-")) {
                members.put(name, text(member, depth + 1));
              }
            });
    return members.entrySet().stream()
        .map(member -> member.getKey() + ": " + member.getValue())
        .collect(Collectors.joining(", ", "{", "}"));
  }

  private static Shape named(Shape shape, @Nullable String name) {
    return shape.objects().size() == 1
        ? shape.withObjects(List.of(shape.objects().get(0).named(name)))
        : shape;
  }

  /**
   * Returns a part of an {@code allOf}: of a base with a list of its kinds, only the base itself.
   */
  private Schema part(Node whole, Node part) {
    Node target = part.string("$ref") == null ? null : documents.target(part);
    if (target == null || target.get("discriminator") == null) {
      return of(part);
    }
    for (Branch branch : branches(target)) {
      if (branch.node == whole) {
        return bases.computeIfAbsent(target, t -> new Schema(() -> shape(t, false)));
      }
    }
    return of(part);
  }

  private List<Schema> unions(Node node) {
    List<Schema> unions = new ArrayList<>();
    List<Branch> discriminated = branches(node);
    if (!discriminated.isEmpty()) {
      String property = String.valueOf(propertyName(node));
      List<Schema> labelled = new ArrayList<>();
      Set<String> listed = new TreeSet<>();
      for (Branch branch : discriminated) {
        if (branch.listed) {
          branch.schema.shape().objects().forEach(o -> listed.addAll(o.labels(property)));
        }
      }
      for (Branch branch : discriminated) {
        // A mapping may name the component that a listed branch is a copy of.
        if (branch.listed || !listed.containsAll(branch.labels)) {
          labelled.add(labelled(branch.schema, property, branch.labels));
        }
      }
      unions.add(either(labelled));
    }
    for (String keyword : List.of("oneOf", "anyOf")) {
      List<Node> alternatives = node.items(keyword);
      boolean done = !discriminated.isEmpty() && keyword.equals(unionKeyword(node));
      if (!alternatives.isEmpty() && !done) {
        unions.add(either(alternatives.stream().map(this::of).toList()));
      }
    }
    return unions;
  }

  /**
   * A branch of a discriminated union: its schema, the values that select it, and whether it is in
   * the list of alternatives or only in the mapping.
   */
  private record Branch(Node node, Schema schema, Set<String> labels, boolean listed) {}

  /** Returns the branches of a union that has a discriminator; empty if it has none. */
  private List<Branch> branches(Node node) {
    Node discriminator = node.get("discriminator");
    if (discriminator == null || propertyName(node) == null) {
      return List.of();
    }
    IdentityHashMap<Node, Set<String>> labels = new IdentityHashMap<>();
    Set<Node> targets = new LinkedHashSet<>();
    for (Node alternative : node.items(unionKeyword(node))) {
      Node target = documents.target(alternative);
      targets.add(target != null && alternative.members().size() == 1 ? target : alternative);
    }
    Set<Node> listed = new LinkedHashSet<>(targets);
    discriminator
        .members("mapping")
        .forEach(
            (label, reference) -> {
              Node target = mapped(reference);
              if (target != null) {
                targets.add(target);
                labels.computeIfAbsent(target, t -> new TreeSet<>()).add(label);
              }
            });
    List<Branch> branches = new ArrayList<>();
    for (Node target : targets) {
      Set<String> values = labels.getOrDefault(target, Set.of());
      branches.add(new Branch(target, of(target), values, listed.contains(target)));
    }
    return branches;
  }

  private static @Nullable String propertyName(Node node) {
    Node discriminator = node.get("discriminator");
    return discriminator == null ? null : discriminator.string("propertyName");
  }

  private static String unionKeyword(Node node) {
    return node.items("oneOf").isEmpty() ? "anyOf" : "oneOf";
  }

  private @Nullable Node mapped(Node reference) {
    String text = reference.asString();
    if (text == null) {
      return null;
    }
    boolean name = text.matches("[A-Za-z0-9._-]+") && !text.matches(".*\\.(ya?ml|json)");
    return documents.find(reference, name ? "#/components/schemas/" + text : text);
  }

  /** Returns the schema with its property of the discriminator limited to the labels. */
  private Schema labelled(Schema schema, String property, Set<String> labels) {
    return combine(
        List.of("labelled", schema, property, labels),
        () -> {
          Shape shape = schema.shape();
          List<ObjectShape> objects = new ArrayList<>();
          for (ObjectShape object : shape.objects()) {
            boolean known = labels.isEmpty() || !object.labels(property).isEmpty();
            objects.add((known ? object : limited(object, property, labels)).labelledBy(property));
          }
          return shape.withObjects(objects);
        });
  }

  private ObjectShape limited(ObjectShape object, String property, Set<String> labels) {
    Schema values =
        combine(
            List.of("values", labels),
            () -> ShapeReader.scalar(ShapeReader.closed("string", labels)));
    Map<String, Schema> properties = new LinkedHashMap<>(object.properties());
    properties.merge(property, values, this::both);
    return object.with(properties, object.required()).labelledBy(property);
  }

  private static Shape flat(Shape shape) {
    List<ObjectShape> objects = new ArrayList<>();
    for (ObjectShape object : shape.objects()) {
      Map<String, Schema> parts = new LinkedHashMap<>();
      Set<String> required = new TreeSet<>();
      object
          .properties()
          .forEach(
              (name, schema) ->
                  addPart(name, schema, object.required().contains(name), parts, required, 0));
      object.required().stream()
          .filter(name -> !object.properties().containsKey(name))
          .forEach(required::add);
      objects.add(object.with(parts, required));
    }
    return shape.withObjects(objects);
  }

  private static void addPart(
      String name,
      Schema schema,
      boolean isRequired,
      Map<String, Schema> parts,
      Set<String> required,
      int depth) {
    Shape shape = schema.shape();
    boolean nested =
        shape.objects().size() == 1
            && !shape.anything()
            && shape.scalars().isEmpty()
            && shape.array() == null
            && !shape.objects().get(0).properties().isEmpty();
    if (nested && depth < 10) {
      ObjectShape object = shape.objects().get(0);
      object
          .properties()
          .forEach(
              (inner, member) ->
                  addPart(
                      name + "[" + inner + "]",
                      member,
                      object.required().contains(inner),
                      parts,
                      required,
                      depth + 1));
      return;
    }
    parts.put(name, schema);
    if (isRequired) {
      required.add(name);
    }
  }
}
