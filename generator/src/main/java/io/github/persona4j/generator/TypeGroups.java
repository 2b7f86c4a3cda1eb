package io.github.persona4j.generator;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.openapitools.codegen.CodegenModel;

/**
 * Groups of models by the hash codes of their names, so that no generated method has all models.
 */
final class TypeGroups {
  /** The bits of a hash code that are the index of a group. */
  static final int MASK = 15;

  private TypeGroups() {}

  /** Returns the groups that are not empty, for a template. */
  static List<Map<String, Object>> of(
      Collection<CodegenModel> models, Function<CodegenModel, String> name) {
    SortedMap<Integer, List<CodegenModel>> groups = new TreeMap<>();
    for (CodegenModel model : models) {
      int index = name.apply(model).hashCode() & MASK;
      groups.computeIfAbsent(index, none -> new ArrayList<>()).add(model);
    }
    return groups.entrySet().stream()
        .map(group -> Map.<String, Object>of("index", group.getKey(), "models", group.getValue()))
        .toList();
  }
}
