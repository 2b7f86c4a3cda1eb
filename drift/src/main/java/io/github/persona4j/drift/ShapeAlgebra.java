package io.github.persona4j.drift;

import io.github.persona4j.drift.Shape.Nulls;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Combines shapes. */
final class ShapeAlgebra {
  private static final int MAX_ALTERNATIVES = 500;

  private ShapeAlgebra() {}

  /**
   * Returns the shape of the values that both accept.
   *
   * @param hint whether the first only limits the types that it knows, and accepts all others
   */
  static Shape and(Schemas schemas, Shape a, Shape b, boolean hint) {
    Shape result;
    if (b.anything() && b.scalars().isEmpty() && b.array() == null && b.objects().isEmpty()) {
      result = a;
    } else if (a.anything()
        && a.scalars().isEmpty()
        && a.array() == null
        && a.objects().isEmpty()) {
      result = b;
    } else {
      result = typed(schemas, a, b, hint);
    }
    return new Shape(
        result.anything(),
        and(a.nulls(), b.nulls(), hint),
        result.scalars(),
        result.array(),
        result.objects(),
        a.deprecated() || b.deprecated(),
        a.readOnly() || b.readOnly(),
        a.writeOnly() || b.writeOnly(),
        a.initial() != null ? a.initial() : b.initial(),
        union(a.conditions(), b.conditions()));
  }

  private static Set<String> union(Set<String> a, Set<String> b) {
    Set<String> union = new TreeSet<>(a);
    union.addAll(b);
    return union;
  }

  private static Nulls and(Nulls a, Nulls b, boolean hint) {
    if (a == Nulls.YES_FOR_ALL || b == Nulls.YES_FOR_ALL) {
      return Nulls.YES_FOR_ALL;
    }
    if (a == Nulls.UNSTATED || hint) {
      return b == Nulls.UNSTATED ? a : b;
    }
    if (b == Nulls.UNSTATED) {
      return a;
    }
    return a == Nulls.YES && b == Nulls.YES ? Nulls.YES : Nulls.NO;
  }

  private static Shape typed(Schemas schemas, Shape a, Shape b, boolean hint) {
    Map<String, ScalarShape> scalars = new TreeMap<>();
    Set<String> kinds = new TreeSet<>(a.scalars().keySet());
    kinds.addAll(b.scalars().keySet());
    for (String kind : kinds) {
      ScalarShape left = a.scalars().get(kind);
      ScalarShape right = b.scalars().get(kind);
      if (left != null && right != null) {
        scalars.put(kind, left.and(right));
      } else if (left != null && b.anything()) {
        scalars.put(kind, left);
      } else if (right != null && (hint || a.anything())) {
        scalars.put(kind, right);
      }
    }
    ArrayShape array = null;
    if (a.array() != null && b.array() != null) {
      array =
          new ArrayShape(
              both(schemas, a.array().items(), b.array().items()),
              a.array().size().and(b.array().size()),
              a.array().unique() || b.array().unique());
    } else if (a.array() == null && (hint || a.anything())) {
      array = b.array();
    } else if (b.array() == null && b.anything()) {
      array = a.array();
    }
    List<ObjectShape> objects;
    if (a.objects().isEmpty() || b.objects().isEmpty()) {
      objects = List.of();
      if (a.objects().isEmpty() && (hint || a.anything())) {
        objects = b.objects();
      } else if (b.objects().isEmpty() && b.anything()) {
        objects = a.objects();
      }
    } else {
      objects = product(schemas, a.objects(), b.objects());
    }
    boolean anything = a.anything() && b.anything();
    Shape result =
        new Shape(
            anything, Nulls.UNSTATED, scalars, array, objects, false, false, false, null, Set.of());
    // Contradictory parts: the first counts.
    return result.isEmpty() ? (a.isEmpty() ? b : a) : result;
  }

  private static Schema both(Schemas schemas, Schema a, Schema b) {
    if (a == schemas.anything()) {
      return b;
    }
    return b == schemas.anything() ? a : schemas.both(a, b);
  }

  private static List<ObjectShape> product(
      Schemas schemas, List<ObjectShape> a, List<ObjectShape> b) {
    if (a.size() * b.size() > MAX_ALTERNATIVES) {
      return a.size() > b.size() ? a : b;
    }
    List<ObjectShape> objects = new ArrayList<>();
    for (ObjectShape left : a) {
      for (ObjectShape right : b) {
        objects.add(and(schemas, left, right));
      }
    }
    return objects;
  }

  private static ObjectShape and(Schemas schemas, ObjectShape a, ObjectShape b) {
    if (a.isAnyObject()) {
      return b.labelledBy(b.labelledBy() == null ? a.labelledBy() : null);
    }
    if (b.isAnyObject() || a.equals(b)) {
      return a.named(a.name() == null ? b.name() : null);
    }
    Map<String, Schema> properties = new LinkedHashMap<>(a.properties());
    b.properties().forEach((name, schema) -> properties.merge(name, schema, schemas::both));
    Set<String> required = new TreeSet<>(a.required());
    required.addAll(b.required());
    return new ObjectShape(
        properties,
        required,
        a.additional() == null || b.additional() == null
            ? (a.additional() == null ? b.additional() : a.additional())
            : schemas.both(a.additional(), b.additional()),
        a.closed() || b.closed(),
        a.size().and(b.size()),
        a.labelledBy() == null ? b.labelledBy() : a.labelledBy(),
        a.properties().isEmpty() || a.name() == null ? b.name() : a.name());
  }

  /** Returns the shape of the values that one of them accepts. */
  static Shape or(Schemas schemas, List<Shape> shapes) {
    boolean anything = false;
    boolean nulls = false;
    boolean unstated = false;
    boolean deprecated = !shapes.isEmpty();
    Set<String> conditions = null;
    Map<String, ScalarShape> scalars = new TreeMap<>();
    List<ArrayShape> arrays = new ArrayList<>();
    Set<ObjectShape> objects = new LinkedHashSet<>();
    for (Shape shape : shapes) {
      nulls |= shape.isNullable();
      if (shape.isNull() || (shape.anything() && shape.isNullable() && shapes.size() > 1)) {
        continue;
      }
      anything |= shape.anything();
      unstated |= shape.nulls() == Nulls.UNSTATED;
      deprecated &= shape.deprecated();
      if (conditions == null) {
        conditions = new TreeSet<>(shape.conditions());
      } else {
        conditions.retainAll(shape.conditions());
      }
      shape.scalars().forEach((kind, scalar) -> scalars.merge(kind, scalar, ScalarShape::or));
      if (shape.array() != null) {
        arrays.add(shape.array());
      }
      objects.addAll(shape.objects());
    }
    return new Shape(
        anything,
        nulls ? Nulls.YES : unstated ? Nulls.UNSTATED : Nulls.NO,
        scalars,
        array(schemas, arrays),
        List.copyOf(objects),
        deprecated,
        false,
        false,
        null,
        conditions == null ? Set.of() : conditions);
  }

  private static @Nullable ArrayShape array(Schemas schemas, List<ArrayShape> arrays) {
    if (arrays.isEmpty()) {
      return null;
    }
    Range size = arrays.stream().map(ArrayShape::size).reduce(Range::or).orElse(Range.ALL);
    boolean unique = arrays.stream().allMatch(ArrayShape::unique);
    return new ArrayShape(
        schemas.either(
            arrays.stream().map(ArrayShape::items).map(Objects::requireNonNull).toList()),
        size,
        unique);
  }
}
