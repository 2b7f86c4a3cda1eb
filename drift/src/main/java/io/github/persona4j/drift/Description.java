package io.github.persona4j.drift;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A description of the API: its operations, its webhooks and their schemas. */
final class Description {
  /** What an operation needs that anybody may call. */
  static final String NO_SECURITY = "none";

  /** What is between the parts of what authorizes a request. */
  static final String AND = " and ";

  /** A parameter of a path; the group is its name. */
  static final Pattern PATH_PARAMETER = Pattern.compile("\\{([^{}/]*)}");

  private static final List<String> METHODS =
      List.of("get", "put", "post", "delete", "options", "head", "patch", "trace", "query");

  private final Documents documents;
  private final Schemas schemas;
  private final Map<String, Operation> operations = new LinkedHashMap<>();
  private final Map<String, Operation> webhooks = new LinkedHashMap<>();

  private Description(Documents documents) {
    this.documents = documents;
    this.schemas = new Schemas(documents);
    Node root = documents.root();
    Node paths = root.get("paths");
    if (paths != null) {
      documents.resolve(paths).members().forEach(this::addPath);
    }
    for (String keyword : List.of("x-webhooks", "webhooks")) {
      Node named = root.get(keyword);
      if (named != null) {
        documents.resolve(named).members().forEach(this::addWebhook);
      }
    }
  }

  /**
   * Reads a description.
   *
   * @throws DescriptionException if the documents are no description of OpenAPI 3
   */
  static Description of(Documents documents) {
    Node root = documents.root();
    Node version = root.get("openapi");
    if (version == null || !version.text().startsWith("3")) {
      throw new DescriptionException(
          root.place()
              + ": not a description of OpenAPI 3.0 or 3.1: 'openapi' is "
              + (version == null ? "missing" : version.text()));
    }
    return new Description(documents);
  }

  /** Returns the path with empty braces, since the names of path parameters do not matter. */
  static String shapeOfPath(String path) {
    return PATH_PARAMETER.matcher(path).replaceAll("{}");
  }

  /** Operations by method and path, with empty braces. */
  Map<String, Operation> operations() {
    return operations;
  }

  /** Webhooks by name. */
  Map<String, Operation> webhooks() {
    return webhooks;
  }

  Set<String> problems() {
    return documents.problems();
  }

  private void addPath(String path, Node reference) {
    if (path.startsWith("x-")) {
      return;
    }
    Node item = documents.resolve(reference);
    for (String method : METHODS) {
      Node node = item.get(method);
      if (node != null && node.isObject()) {
        String place = method.toUpperCase(Locale.ROOT) + " " + path;
        Operation operation = operation(place, path, item, documents.resolve(node));
        if (operations.putIfAbsent(shapeOfPath(place), operation) != null) {
          operations.putIfAbsent(place, operation);
        }
      }
    }
  }

  private void addWebhook(String name, Node reference) {
    Node item = documents.resolve(reference);
    for (String method : METHODS) {
      Node node = item.get(method);
      if (node != null && node.isObject()) {
        Operation operation = operation("webhook " + name, "", item, documents.resolve(node));
        boolean usual = method.equals("post") || !webhooks.containsKey(name);
        webhooks.putIfAbsent(usual ? name : name + " " + method, operation);
      }
    }
  }

  private Operation operation(String place, String path, Node item, Node node) {
    ParameterReader reader = new ParameterReader(documents, schemas, path);
    for (Node owner : List.of(item, node)) {
      for (Node parameter : owner.items("parameters")) {
        reader.read(documents.resolve(parameter));
      }
    }
    Node body = node.get("requestBody");
    Node resolvedBody = body == null ? null : documents.resolve(body);
    Map<String, Response> responses = new LinkedHashMap<>();
    Node all = node.get("responses");
    if (all != null) {
      documents
          .resolve(all)
          .members()
          .forEach(
              (status, response) -> {
                if (!status.startsWith("x-")) {
                  responses.put(status.replace('x', 'X'), response(documents.resolve(response)));
                }
              });
    }
    return new Operation(
        place,
        node.string("operationId"),
        node.isTrue("deprecated"),
        reader.parameters(),
        resolvedBody == null ? null : body(resolvedBody),
        responses,
        security(node));
  }

  private Body body(Node node) {
    Map<String, Schema> content = new LinkedHashMap<>();
    content(node)
        .forEach((type, schema) -> content.put(type, isForm(type) ? schemas.form(schema) : schema));
    Map<Body.Part, Set<String>> partTypes = new LinkedHashMap<>();
    node.members("content")
        .forEach(
            (type, media) -> {
              String form = contentType(type);
              Schema schema = content.get(form);
              if (schema != null && isForm(form)) {
                partTypes(form, schema, documents.resolve(media), partTypes);
              }
            });
    return new Body(node.isTrue("required"), content, partTypes);
  }

  private static void partTypes(
      String form, Schema schema, Node media, Map<Body.Part, Set<String>> partTypes) {
    Map<String, Node> encodings = media.members("encoding");
    for (ObjectShape object : schema.shape().objects()) {
      object
          .properties()
          .forEach(
              (name, part) -> {
                Node encoding = encodings.get(name);
                String types = encoding == null ? null : encoding.string("contentType");
                Set<String> stated = new TreeSet<>();
                if (types != null && !types.equals(usualType(part.shape()))) {
                  for (String type : types.split(",", -1)) {
                    stated.add(contentType(type));
                  }
                }
                partTypes.putIfAbsent(new Body.Part(form, name), stated);
              });
    }
  }

  /** Returns the content type of a part for which none is stated. */
  private static String usualType(Shape part) {
    ArrayShape array = part.array();
    if (array != null) {
      return usualType(array.items().shape());
    }
    ScalarShape string = part.scalars().get("string");
    boolean binary = string != null && string.formats().contains("binary");
    return !part.objects().isEmpty()
        ? "application/json"
        : binary || part.anything() ? "application/octet-stream" : "text/plain";
  }

  private static String contentType(String type) {
    return type.replaceFirst("\\s*;.*", "").strip().toLowerCase(Locale.ROOT);
  }

  private static boolean isForm(String type) {
    return type.equals("multipart/form-data") || type.equals("application/x-www-form-urlencoded");
  }

  private Response response(Node node) {
    Map<String, Header> headers = new LinkedHashMap<>();
    node.members("headers")
        .forEach(
            (name, reference) -> {
              Node header = documents.resolve(reference);
              headers.put(
                  name.toLowerCase(Locale.ROOT),
                  new Header(
                      name,
                      header.isTrue("required"),
                      header.isTrue("deprecated"),
                      schemas.of(header.get("schema"))));
            });
    return new Response(headers, content(node));
  }

  private Map<String, Schema> content(Node owner) {
    Map<String, Schema> content = new LinkedHashMap<>();
    owner
        .members("content")
        .forEach(
            (type, media) -> {
              content.putIfAbsent(
                  contentType(type), schemas.of(documents.resolve(media).get("schema")));
            });
    return content;
  }

  /** Returns the alternatives of what authorizes a request, each as text. */
  private Set<String> security(Node operation) {
    Node own = operation.get("security");
    Node security = own == null ? documents.root().get("security") : own;
    Set<String> alternatives = new TreeSet<>();
    if (security != null) {
      for (Node alternative : security.items()) {
        Set<String> schemes = new TreeSet<>();
        alternative.members().forEach((name, scopes) -> schemes.add(scheme(name, scopes)));
        alternatives.add(schemes.isEmpty() ? NO_SECURITY : String.join(AND, schemes));
      }
    }
    if (alternatives.isEmpty()) {
      alternatives.add(NO_SECURITY);
    }
    return alternatives;
  }

  private String scheme(String name, Node scopes) {
    Node scheme = securityScheme(name);
    List<String> words = new ArrayList<>();
    String type = scheme == null ? null : scheme.string("type");
    if (scheme == null || type == null) {
      words.add(name);
    } else {
      words.add(type);
      switch (type) {
        case "http" -> words.add(String.valueOf(scheme.string("scheme")).toLowerCase(Locale.ROOT));
        case "apiKey" -> {
          words.add(String.valueOf(scheme.string("in")));
          words.add(String.valueOf(scheme.string("name")));
        }
        case "oauth2" -> words.addAll(new TreeSet<>(scheme.members("flows").keySet()));
        default -> {
          // Other types have no part that a client sends.
        }
      }
    }
    Set<String> names = new TreeSet<>();
    scopes.items().forEach(scope -> names.add(scope.text()));
    return String.join(" ", words) + (names.isEmpty() ? "" : " " + names);
  }

  private @Nullable Node securityScheme(String name) {
    Node components = documents.root().get("components");
    Node schemes = components == null ? null : documents.resolve(components).get("securitySchemes");
    Node scheme = schemes == null ? null : documents.resolve(schemes).get(name);
    return scheme == null ? null : documents.resolve(scheme);
  }
}
