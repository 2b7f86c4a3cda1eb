package io.github.persona4j.generator;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.openapitools.codegen.CodegenDiscriminator;
import org.openapitools.codegen.CodegenModel;
import org.openapitools.codegen.CodegenProperty;

/**
 * The resources among the models, and how they are related. The schema {@code Resource} is the
 * union of all of them; another union of only such resources is a union of resources.
 *
 * <p>A relationship points to the resource or the union that the extension {@code x-resource} of
 * its identifier names, otherwise to the resource whose {@code type} its identifier has. If neither
 * is known, it points to {@code Resource}.
 *
 * <p>Adds these vendor extensions:
 *
 * <ul>
 *   <li>{@code relations} of a resource, and of a union whose members have the same: its accessors
 *       for relationships.
 *   <li>{@code x-unions} of the union of all resources: the unions whose members' types have a
 *       prefix of their own, each as {@code prefix} and {@code union}.
 *   <li>{@code superInterfaces} of an interface: the interfaces that it extends.
 * </ul>
 *
 * <p>It also adds the interfaces of the runtime to the interfaces of classes.
 */
final class Resources {
  private static final String RESOURCE = "Resource";

  private final Models models;
  private final Map<String, String> byType = new HashMap<>();
  private final Set<String> members;

  /** Creates the resources among all models. */
  Resources(Models models) {
    this.models = models;
    CodegenModel resource = models.find(RESOURCE);
    this.members = resource == null ? Set.of() : resource.oneOf;
    CodegenDiscriminator discriminator = resource == null ? null : resource.getDiscriminator();
    if (discriminator != null) {
      discriminator
          .getMappedModels()
          .forEach(member -> byType.put(member.getMappingName(), member.getModelName()));
    }
  }

  /** Returns whether a model is a union of resources, but not of all. */
  private boolean isUnion(CodegenModel model) {
    return !model.oneOf.isEmpty()
        && !model.classname.equals(RESOURCE)
        && members.containsAll(model.oneOf);
  }

  /**
   * Returns how the types of a resource, or of all members of a union, begin: {@code verification/}
   * for the union of verifications. A resource has its whole type.
   *
   * @throws IllegalArgumentException if the types of the members have no such prefix
   */
  String typeOrPrefix(String resource) {
    String prefix = prefix(resource);
    if (prefix == null) {
      throw new IllegalArgumentException(resource + " has no type, or no prefix of all its types");
    }
    return prefix;
  }

  /** As {@link #typeOrPrefix}; null if the types of the members have no such prefix. */
  private @Nullable String prefix(String resource) {
    Set<String> prefixes = new TreeSet<>();
    CodegenModel model = models.find(resource);
    Set<String> types = model == null || model.oneOf.isEmpty() ? Set.of(resource) : model.oneOf;
    byType.forEach(
        (type, member) -> {
          if (types.contains(member)) {
            boolean union = !member.equals(resource);
            prefixes.add(union ? type.substring(0, type.indexOf('/') + 1) : type);
          }
        });
    return prefixes.size() != 1 || prefixes.contains("") ? null : prefixes.iterator().next();
  }

  /**
   * Returns the unions whose members all have types with a prefix of their own, with this prefix: a
   * resource with an unknown type of this prefix is the unknown member of that union.
   */
  private List<Map<String, String>> unionsByPrefix() {
    Map<String, Set<String>> found = new TreeMap<>();
    for (CodegenModel model : models.all()) {
      String prefix = isUnion(model) ? prefix(model.classname) : null;
      if (prefix != null) {
        found.computeIfAbsent(prefix, each -> new TreeSet<>()).add(model.classname);
      }
    }
    List<Map<String, String>> unions = new ArrayList<>();
    found.forEach(
        (prefix, names) -> {
          if (names.size() == 1) {
            unions.add(Map.of("prefix", prefix, "union", names.iterator().next()));
          }
        });
    return unions;
  }

  /** Returns whether a class is that of a resource or of a union of resources. */
  boolean isResource(String classname) {
    CodegenModel model = models.find(classname);
    return members.contains(classname) || (model != null && isUnion(model));
  }

  /** Returns whether a resource is a member of one of some unions. */
  boolean isMemberOfAny(String resource, Set<String> unions) {
    return unions.stream()
        .map(models::find)
        .anyMatch(union -> union != null && union.oneOf.contains(resource));
  }

  /** Returns whether an operation retrieves a union as such, or each of its members. */
  private static boolean isRetrievable(CodegenModel union, Set<String> retrievable) {
    return retrievable.contains(union.classname) || retrievable.containsAll(union.oneOf);
  }

  /**
   * Adds the extensions to all models.
   *
   * @param retrievable the resources and unions that one GET request retrieves
   */
  void describe(Set<String> retrievable) {
    Map<String, Set<String>> unions = new TreeMap<>();
    models.all().stream()
        .filter(this::isUnion)
        .forEach(
            union ->
                union.oneOf.forEach(
                    member ->
                        unions.computeIfAbsent(member, m -> new TreeSet<>()).add(union.classname)));
    for (CodegenModel model : models.all()) {
      try {
        describe(model, unions, retrievable);
      } catch (RuntimeException e) {
        throw Refused.schema(model, e);
      }
    }
  }

  private void describe(
      CodegenModel model, Map<String, Set<String>> unions, Set<String> retrievable) {
    if (model.classname.equals(RESOURCE)) {
      extend(model, "Identified");
      model.vendorExtensions.put("x-unions", unionsByPrefix());
    } else if (isUnion(model)) {
      extend(model, RESOURCE);
      if (isRetrievable(model, retrievable)) {
        extend(model, "Retrievable");
      }
      List<Map<String, String>> shared = sharedRelations(model);
      if (!shared.isEmpty()) {
        model.vendorExtensions.put("relations", shared);
      }
    } else if (members.contains(model.classname)) {
      resource(model, unions.getOrDefault(model.classname, Set.of()), retrievable);
    } else {
      other(model);
    }
  }

  private void resource(CodegenModel model, Set<String> unions, Set<String> retrievable) {
    if (!unions.isEmpty() && model.vendorExtensions.get("x-implements") instanceof List<?> all) {
      model.vendorExtensions.put(
          "x-implements", all.stream().filter(each -> !RESOURCE.equals(each)).toList());
    }
    boolean inherited =
        unions.stream().map(models::find).anyMatch(union -> isRetrievable(union, retrievable));
    if (retrievable.contains(model.classname) && !inherited) {
      implement(model, "Retrievable");
    }
    List<Map<String, String>> relations = relations(model);
    if (!relations.isEmpty()) {
      model.vendorExtensions.put("relations", relations);
    }
  }

  private void other(CodegenModel model) {
    if (model.vendorExtensions.containsKey("x-interface") && isIdentifier(model)) {
      extend(model, "Identified");
      return;
    }
    for (CodegenProperty property : model.vars) {
      if (property.vendorExtensions.containsKey("x-relationship")) {
        implement(model, property.isArray ? "ToMany.Data" : "ToOne.Data");
      } else if (property.baseName.equals("included")
          && property.isArray
          && property.items.dataType.equals(RESOURCE)) {
        implement(model, "CompoundDocument<" + RESOURCE + ">");
      }
    }
  }

  private static boolean isIdentifier(CodegenModel model) {
    return model.vars.stream()
        .map(property -> property.baseName)
        .toList()
        .equals(List.of("type", "id"));
  }

  private List<Map<String, String>> relations(CodegenModel model) {
    CodegenProperty all = Models.property(model, "relationships");
    CodegenModel relationships = all == null ? null : models.find(all.dataType);
    List<Map<String, String>> relations = new ArrayList<>();
    if (relationships != null) {
      for (CodegenProperty property : relationships.vars) {
        relations.add(relation(model, relationships, property));
      }
    }
    return relations;
  }

  /** Returns the relations that all members of a union have, if those of all are of one class. */
  private List<Map<String, String>> sharedRelations(CodegenModel union) {
    Set<List<Map<String, String>>> all = new HashSet<>();
    for (String member : union.oneOf) {
      CodegenModel model = models.find(member);
      all.add(model == null ? List.of() : relations(model));
    }
    return all.size() == 1 ? all.iterator().next() : List.of();
  }

  private Map<String, String> relation(
      CodegenModel model, CodegenModel relationships, CodegenProperty property) {
    String name = property.name;
    if (NameClashes.METHODS.contains(name)
        || model.vars.stream().anyMatch(other -> other.name.equals(name))) {
      throw Refused.schema(
          relationships,
          "the relationship '"
              + property.baseName
              + "' needs the accessor "
              + name
              + "(), which "
              + model.classname
              + " has already");
    }
    CodegenModel relationship = models.find(property.dataType);
    CodegenProperty data = relationship == null ? null : Models.property(relationship, "data");
    if (relationship == null
        || data == null
        || !data.vendorExtensions.containsKey("x-relationship")) {
      throw Refused.schema(
          relationships,
          "'" + property.baseName + "' is no relationship: it has no x-relationship");
    }
    return Map.of(
        "name",
        name,
        "baseName",
        property.baseName,
        "kind",
        data.isArray ? "ToMany" : "ToOne",
        "target",
        target(data.isArray ? data.items.dataType : data.dataType),
        "relationships",
        relationships.classname,
        "text",
        String.valueOf(relationship.description));
  }

  /** Returns the class that an identifier, or a resource in its place, points to. */
  String target(String classname) {
    if (members.contains(classname) || classname.equals(RESOURCE)) {
      return classname;
    }
    CodegenModel identifier = models.find(classname);
    if (identifier == null) {
      return RESOURCE;
    }
    Object named = identifier.vendorExtensions.get("x-resource");
    if (named != null) {
      CodegenModel target = models.find(named.toString());
      if (target == null || !(isUnion(target) || members.contains(target.classname))) {
        throw Refused.schema(identifier, "x-resource is " + named + ", which is no resource");
      }
      return target.classname;
    }
    CodegenProperty type = Models.property(identifier, "type");
    return byType.getOrDefault(type == null ? null : constant(type), RESOURCE);
  }

  /** Returns the value of a property with one value; null if it is open. */
  private static @Nullable String constant(CodegenProperty property) {
    return property.isEnum && property._enum != null && property._enum.size() == 1
        ? property._enum.get(0)
        : null;
  }

  private static void implement(CodegenModel model, String type) {
    List<String> interfaces =
        new ArrayList<>(model.interfaces == null ? List.of() : model.interfaces);
    interfaces.add(type);
    model.interfaces = interfaces;
  }

  private static void extend(CodegenModel model, String type) {
    List<Object> types = new ArrayList<>();
    if (model.vendorExtensions.get("superInterfaces") instanceof List<?> known) {
      types.addAll(known);
    }
    types.add(type);
    model.vendorExtensions.put("superInterfaces", types);
  }
}
