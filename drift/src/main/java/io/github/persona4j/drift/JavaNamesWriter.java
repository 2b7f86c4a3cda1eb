package io.github.persona4j.drift;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes the Java types and methods for each place of our description, with the names that the
 * generator gives them. Run by the build.
 */
public final class JavaNamesWriter {
  private static final int MAX_DEPTH = 30;

  private final SortedMap<String, String> lines = new TreeMap<>();
  private final Set<String> resources = new HashSet<>();

  private final Map<String, String> classes;

  private JavaNamesWriter(Map<String, String> classes) {
    this.classes = classes;
  }

  /**
   * Writes the names of a description (first argument), with the settings of the generator (second
   * argument), to a file (third argument).
   */
  public static void main(String[] arguments) throws IOException {
    Description description = Description.of(Documents.read(Path.of(arguments[0])));
    Node settings = Documents.read(Path.of(arguments[1])).root();
    Map<String, String> classes = new TreeMap<>();
    settings.members("schemaMappings").forEach((schema, name) -> classes.put(schema, name.text()));
    Path file = Path.of(arguments[2]).toAbsolutePath();
    Path folder = file.getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    StringBuilder text = new StringBuilder();
    names(description, classes)
        .forEach((key, names) -> text.append(key).append(names).append('\n'));
    Files.writeString(file, text);
  }

  /** Returns the names by place and part; the classes are those of schemas with another name. */
  static Map<String, String> names(Description description, Map<String, String> classes) {
    JavaNamesWriter writer = new JavaNamesWriter(classes);
    description.operations().values().forEach(writer::addOperation);
    description.webhooks().values().forEach(writer::addWebhook);
    return writer.lines;
  }

  private void put(String place, String part, String method, @Nullable String type) {
    lines.putIfAbsent(
        JavaNames.key(place, part),
        "\t" + method + "\t" + (type == null ? "" : classes.getOrDefault(type, type)));
  }

  private void addOperation(Operation operation) {
    String place = operation.place();
    String[] id = String.valueOf(operation.id()).split("\\.", 2);
    if (id.length == 2) {
      String query = queryClass(operation, JavaNames.capitalized(id[0]), id[1]);
      put(place, "", "client." + id[0] + "()." + id[1] + "(...)", query);
      addParameters(operation, query);
    }
    Body body = operation.body();
    if (body != null) {
      body.content()
          .forEach(
              (type, schema) -> {
                // The parts of a form are arguments of the method.
                if (type.endsWith("json")) {
                  walk(schema, Site.of(Site.Kind.REQUEST_PROPERTY, place, "request " + type));
                }
              });
    }
    operation
        .responses()
        .forEach(
            (status, response) -> {
              if (status.startsWith("2")) {
                response
                    .content()
                    .forEach(
                        (type, schema) ->
                            walk(
                                schema,
                                Site.of(
                                    Site.Kind.RESPONSE_PROPERTY,
                                    place,
                                    "response " + status + " " + type)));
              }
            });
  }

  /** Returns the class of the query: a shared one, if it has only what all resources have. */
  private static String queryClass(Operation operation, String group, String verb) {
    boolean shared =
        operation.parameters().keySet().stream()
            .filter(key -> key.startsWith("query "))
            .allMatch(key -> key.equals("query include") || key.startsWith("query fields["));
    return shared ? "ResourceQuery" : group + "Api." + JavaNames.capitalized(verb) + "Query";
  }

  private void addParameters(Operation operation, String query) {
    operation
        .parameters()
        .values()
        .forEach(
            parameter -> {
              String name = parameter.name();
              String method = "";
              if (name.startsWith("query ")) {
                String setter =
                    JavaNames.camel(name.substring(6).replace("[*]", "").replace('[', '-'));
                method = query + ".Builder." + setter + "(...)";
              } else if (name.startsWith("header ")) {
                method = "RequestOptions";
              }
              put(operation.place(), name, method, parameter.schema().name());
            });
  }

  private void addWebhook(Operation webhook) {
    String name = webhook.place().substring("webhook ".length());
    String constant = name.replaceAll("[^A-Za-z0-9]+", "_").toUpperCase(Locale.ROOT);
    put(webhook.place(), "", "EventName." + constant, null);
    Body body = webhook.body();
    if (body != null) {
      body.content()
          .forEach(
              (type, schema) ->
                  walk(
                      schema,
                      Site.of(Site.Kind.WEBHOOK_PROPERTY, webhook.place(), "webhook " + type)));
    }
  }

  private void walk(Schema schema, Site site) {
    walk(schema, site, new ArrayDeque<>());
  }

  private void walk(Schema schema, Site site, Deque<Schema> outer) {
    if (outer.contains(schema) || outer.size() > MAX_DEPTH) {
      return;
    }
    outer.push(schema);
    Shape shape = schema.shape();
    if (shape.array() != null) {
      walk(shape.array().items(), site.item(), outer);
    }
    for (ObjectShape object : shape.objects()) {
      Set<String> types = object.labels("type");
      boolean resource =
          object.isResource()
              && site.direction() == Direction.RESPONSE
              && !(site.kind() == Site.Kind.WEBHOOK_PROPERTY && types.equals(Set.of("event")));
      if (resource) {
        types.forEach(type -> addResource(type, object));
      } else {
        boolean one = shape.objects().size() == 1;
        Site inner = one || types.isEmpty() ? site : site.branch(types.iterator().next());
        walk(object, inner, outer);
      }
    }
    outer.pop();
  }

  private void addResource(String type, ObjectShape object) {
    if (resources.add(type)) {
      put(type, "", "", object.name());
      walk(object, Site.of(Site.Kind.RESOURCE_PROPERTY, type, ""), new ArrayDeque<>());
    }
  }

  private void walk(ObjectShape object, Site site, Deque<Schema> outer) {
    // The client has no types for what is around the payload of a webhook.
    String schemaName = site.kind() == Site.Kind.WEBHOOK_PROPERTY ? null : object.name();
    String owner = schemaName == null ? null : classes.getOrDefault(schemaName, schemaName);
    if (!site.part().isEmpty() && owner != null) {
      put(site.place(), site.part(), "", owner);
    }
    object
        .properties()
        .forEach(
            (name, schema) -> {
              Site property = site.property(name, true);
              String method = owner == null ? "" : owner + "." + JavaNames.camel(name) + "()";
              if (owner != null) {
                put(property.place(), property.part(), method, typeName(schema));
              }
              walk(schema, property, outer);
            });
    Schema additional = object.additional();
    if (additional != null) {
      walk(additional, site.entry(), outer);
    }
  }

  /** Returns the class of the values; of an array, that of its items. */
  private static @Nullable String typeName(Schema schema) {
    ArrayShape array = schema.shape().array();
    return array == null || schema.name() != null ? schema.name() : array.items().name();
  }
}
