package io.github.persona4j.drift;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Numbers for the content of objects, down to some depth: equal for equal objects of two
 * descriptions, whatever the order of their parts is. They decide which alternatives of a union
 * belong together.
 */
final class Signatures {
  private static final int DEPTH = 5;

  private final Map<Key, Long> known = new HashMap<>();

  private record Key(Schema schema, int depth) {}

  long of(ObjectShape object) {
    return of(object, DEPTH);
  }

  private long of(ObjectShape object, int depth) {
    long hash = 17;
    for (Map.Entry<String, Schema> property : new TreeMap<>(object.properties()).entrySet()) {
      hash = mixed(hash, property.getKey().hashCode());
      hash = mixed(hash, of(property.getValue(), depth - 1));
    }
    hash = mixed(hash, object.required().hashCode());
    hash = mixed(hash, object.closed() ? 1 : 0);
    hash = mixed(hash, hash(object.size()));
    Schema additional = object.additional();
    return additional == null ? hash : mixed(hash, of(additional, depth - 1));
  }

  private long of(Schema schema, int depth) {
    if (depth <= 0) {
      return 1;
    }
    Key key = new Key(schema, depth);
    Long hash = known.get(key);
    if (hash == null) {
      hash = of(schema.shape(), depth);
      known.put(key, hash);
    }
    return hash;
  }

  private long of(Shape shape, int depth) {
    long hash = mixed(shape.anything() ? 2 : 1, shape.isNullable() ? 2 : 1);
    for (ScalarShape scalar : shape.scalars().values()) {
      hash = mixed(hash, scalar.type().hashCode());
      hash = mixed(hash, scalar.values().hashCode());
      hash = mixed(hash, scalar.formats().hashCode());
      hash = mixed(hash, scalar.patterns().hashCode());
      hash = mixed(hash, hash(scalar.range()));
      hash = mixed(hash, hash(scalar.length()));
    }
    ArrayShape array = shape.array();
    if (array != null) {
      hash = mixed(hash, of(array.items(), depth - 1));
      hash = mixed(hash, hash(array.size()));
    }
    List<Long> objects = new ArrayList<>();
    shape.objects().forEach(object -> objects.add(of(object, depth)));
    return mixed(hash, objects.stream().sorted().toList().hashCode());
  }

  private static long hash(Range range) {
    return mixed(hash(range.low()), hash(range.high()));
  }

  private static long hash(Range.@Nullable Bound bound) {
    return bound == null ? 3 : bound.text().hashCode();
  }

  private static long mixed(long hash, long more) {
    long mixed = (hash ^ (more * 0x9E3779B97F4A7C15L)) * 0xBF58476D1CE4E5B9L;
    return mixed ^ (mixed >>> 31);
  }
}
