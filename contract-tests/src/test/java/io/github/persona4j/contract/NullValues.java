package io.github.persona4j.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.persona4j.contract.Description.Node;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Finds the nullable values of a schema, at all depths, each with a copy of an example in which
 * only this value is null. Properties on its path that the example does not have are added with
 * their smallest values.
 */
final class NullValues {
  private final List<NullValue> found = new ArrayList<>();

  private NullValues() {}

  /**
   * A nullable value.
   *
   * @param path its path
   * @param complete the copy in which it is null
   * @param without the copy without it, null if it is optional
   */
  record NullValue(String path, JsonNode complete, @Nullable JsonNode without) {}

  /** Returns the nullable values. */
  static List<NullValue> in(Node schema, JsonNode example) {
    NullValues values = new NullValues();
    values.visit("$", schema, example, Set.of(), UnaryOperator.identity());
    return values.found;
  }

  /**
   * Visits the value at a path.
   *
   * @param outer the names of the outer schemas, which are not visited again
   * @param complete creates the copy of the example with another value at this path
   */
  private void visit(
      String path,
      Node schema,
      JsonNode value,
      Set<String> outer,
      UnaryOperator<JsonNode> complete) {
    Set<String> names = new HashSet<>(outer);
    if (schema.name() != null && !names.add(schema.name())) {
      return;
    }
    List<Node> members = Schemas.alternatives(schema);
    if (members.size() == 1) {
      visitMember(path, members.get(0), value, names, complete);
      return;
    }
    for (Node member : members) {
      if (value.isObject() && Schemas.fits(member, value)) {
        visitMember(path, member, value, names, complete);
      } else if (!Schemas.properties(member).isEmpty()) {
        visitMember(
            path + "<" + member.name() + ">", member, Samples.smallest(member), names, complete);
      }
    }
  }

  private void visitMember(
      String path,
      Node schema,
      JsonNode value,
      Set<String> names,
      UnaryOperator<JsonNode> complete) {
    Set<String> required = Schemas.required(schema);
    Map<String, Node> properties = new LinkedHashMap<>(Schemas.properties(schema));
    Node values = Schemas.values(schema);
    if (values != null) {
      properties.put("sample", values);
    }
    properties.forEach(
        (name, property) -> {
          String at = path + "." + name;
          if (Schemas.isNullable(property)) {
            JsonNode without =
                required.contains(name) ? complete.apply(without(value, name)) : null;
            found.add(
                new NullValue(
                    at, complete.apply(with(value, name, NullNode.getInstance())), without));
          }
          JsonNode present = value.path(name);
          boolean none = present.isMissingNode() || present.isNull();
          JsonNode inner = none ? Samples.smallest(property) : present;
          visit(at, property, inner, names, part -> complete.apply(with(value, name, part)));
        });
    Node items = schema.get("items");
    if (items != null) {
      if (Schemas.isNullable(items)) {
        JsonNode with = complete.apply(withFirst(value, NullNode.getInstance()));
        found.add(new NullValue(path + "[0]", with, null));
      }
      JsonNode first = value.isEmpty() ? Samples.smallest(items) : value.get(0);
      visit(path + "[0]", items, first, names, item -> complete.apply(withFirst(value, item)));
    }
  }

  private static JsonNode without(JsonNode object, String name) {
    ObjectNode copy = (ObjectNode) with(object, name, NullNode.getInstance());
    copy.remove(name);
    return copy;
  }

  private static JsonNode with(JsonNode object, String name, JsonNode value) {
    ObjectNode copy = object.isObject() ? object.deepCopy() : JsonNodeFactory.instance.objectNode();
    copy.set(name, value);
    return copy;
  }

  private static JsonNode withFirst(JsonNode list, JsonNode item) {
    ArrayNode copy = JsonNodeFactory.instance.arrayNode().add(item);
    for (int i = 1; i < list.size(); i++) {
      copy.add(list.get(i));
    }
    return copy;
  }
}
