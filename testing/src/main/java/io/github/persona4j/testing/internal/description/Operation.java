package io.github.persona4j.testing.internal.description;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.github.persona4j.testing.internal.json.StrictJsonParser;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An operation of the API. Immutable; what the line of the description has is parsed once. */
public final class Operation {

  /**
   * A parameter of the path or of the query.
   *
   * @param name the name without brackets, such as {@code filter}
   * @param in {@code path} or {@code query}
   */
  public record Parameter(String name, String in, boolean required, Schema schema) {}

  /**
   * An attribute that a search knows.
   *
   * @param type string, date-time or fields, which are any number of attributes
   * @param operators such as {@code eq}
   */
  public record Searchable(String type, Set<String> operators) {}

  private final ApiDescription description;
  private final String id;
  private final String method;
  private final String path;
  private final List<String> segments;
  private final String line;
  private volatile @Nullable JsonObject json;
  private volatile @Nullable List<Parameter> parameters;
  private volatile @Nullable Set<String> dataTypes;

  Operation(ApiDescription description, String id, String method, String path, String line) {
    this.description = description;
    this.id = id;
    this.method = method;
    this.path = path;
    this.segments = Arrays.asList(path.substring(1).split("/"));
    this.line = line;
  }

  private JsonObject json() {
    JsonObject parsed = json;
    if (parsed == null) {
      parsed = StrictJsonParser.parse(line).getAsJsonObject();
      json = parsed;
    }
    return parsed;
  }

  /** Returns the id, such as {@code inquiries.create}. */
  public String id() {
    return id;
  }

  /** Returns the part of the id after the dot, such as {@code create}. */
  public String name() {
    return id.substring(id.indexOf('.') + 1);
  }

  /** Returns the method in capitals. */
  public String method() {
    return method;
  }

  /** Returns the path with parameters in braces. */
  public String path() {
    return path;
  }

  List<String> segments() {
    return segments;
  }

  /** Returns the parameters of a path that fits, split at the slashes; null if it does not fit. */
  @Nullable Map<String, String> match(String[] requested) {
    if (requested.length != segments.size() + 1) {
      return null;
    }
    Map<String, String> values = new LinkedHashMap<>();
    for (int i = 0; i < segments.size(); i++) {
      String segment = segments.get(i);
      String value = requested[i + 1];
      if (segment.startsWith("{") && !value.isEmpty()) {
        values.put(segment.substring(1, segment.length() - 1), value);
      } else if (!segment.equals(value)) {
        return null;
      }
    }
    return values;
  }

  /** Returns the path before {@link #path()}. */
  public String basePath() {
    return json().get("base-path") instanceof JsonPrimitive base ? base.getAsString() : "/api/v1";
  }

  /** Returns the type or the family of the object that the path names; null if it names none. */
  public @Nullable String pathResource() {
    return json().get("resource") instanceof JsonObject resource
        ? resource.get("type").getAsString()
        : null;
  }

  /** Returns the path parameter that names the object; null if there is none. */
  public @Nullable String pathResourceParameter() {
    return json().get("resource") instanceof JsonObject resource
        ? resource.get("parameter").getAsString()
        : null;
  }

  /** Returns how results are paged: query, links or body; null if they are not. */
  public @Nullable String pagination() {
    return json().get("pagination") instanceof JsonPrimitive text ? text.getAsString() : null;
  }

  /** Returns the attributes that a search knows by their names; null if this is not a search. */
  public @Nullable Map<String, Searchable> searchable() {
    if (!(json().get("search") instanceof JsonObject search)) {
      return null;
    }
    Map<String, Searchable> attributes = new LinkedHashMap<>();
    for (Map.Entry<String, JsonElement> entry : search.entrySet()) {
      JsonObject attribute = entry.getValue().getAsJsonObject();
      Set<String> operators = new LinkedHashSet<>();
      attribute.getAsJsonArray("operators").forEach(item -> operators.add(item.getAsString()));
      attributes.put(
          entry.getKey(), new Searchable(attribute.get("type").getAsString(), operators));
    }
    return attributes;
  }

  /** Returns the parameters of path and query. */
  public List<Parameter> parameters() {
    List<Parameter> known = parameters;
    if (known == null) {
      known = new ArrayList<>();
      for (JsonElement element : json().getAsJsonArray("parameters")) {
        JsonObject parameter = element.getAsJsonObject();
        known.add(
            new Parameter(
                parameter.get("name").getAsString(),
                parameter.get("in").getAsString(),
                parameter.has("required") && parameter.get("required").getAsBoolean(),
                description.inline(parameter.getAsJsonObject("schema"))));
      }
      parameters = known;
    }
    return known;
  }

  /** Returns the query parameter with this name; null if there is none. */
  public @Nullable Parameter queryParameter(String name) {
    for (Parameter parameter : parameters()) {
      if (parameter.in().equals("query") && parameter.name().equals(name)) {
        return parameter;
      }
    }
    return null;
  }

  /** Returns the content types of the body; empty if there is no body. */
  public Set<String> requestTypes() {
    return json().get("request") instanceof JsonObject content ? content.keySet() : Set.of();
  }

  /** Returns the schema of a JSON body; null if there is none. */
  public @Nullable Schema requestSchema() {
    return json().get("request") instanceof JsonObject content
            && content.get("application/json") instanceof JsonObject media
        ? description.inline(media.getAsJsonObject("schema"))
        : null;
  }

  /** Returns whether a request without a body is invalid. */
  public boolean bodyRequired() {
    return json().get("body-required") instanceof JsonPrimitive flag && flag.getAsBoolean();
  }

  /** Returns the status of success; the last one if there are several, such as 200 and 201. */
  public int status() {
    int status = 0;
    for (String code : json().getAsJsonObject("responses").keySet()) {
      status = Integer.parseInt(code);
    }
    return status;
  }

  /** Returns the content type of a successful response; null if it has no body. */
  public @Nullable String responseType() {
    Set<String> types = responseContent().keySet();
    return types.isEmpty() ? null : types.iterator().next();
  }

  private JsonObject responseContent() {
    return json().getAsJsonObject("responses").getAsJsonObject(Integer.toString(status()));
  }

  /** Returns the schema of a successful JSON response; null if there is none. */
  public @Nullable Schema responseSchema() {
    return responseContent().get("application/json") instanceof JsonObject media
        ? description.inline(media.getAsJsonObject("schema"))
        : null;
  }

  /** Returns a new copy of an example of a successful JSON response; null if there is none. */
  public @Nullable JsonElement responseExample() {
    if (responseContent().get("application/json") instanceof JsonObject media) {
      JsonArray examples = media.getAsJsonArray("examples");
      return examples.size() == 0 ? null : description.example(examples.get(0).getAsString());
    }
    return null;
  }

  /** Returns the types of the resources under {@code data} of the response. */
  public Set<String> dataTypes() {
    Set<String> known = dataTypes;
    if (known == null) {
      known = new LinkedHashSet<>();
      Schema response = responseSchema();
      Schema data = response == null ? null : response.properties().get("data");
      if (data != null) {
        Schema items = data.items();
        collectTypes(items == null ? data : items, known);
      }
      dataTypes = known;
    }
    return known;
  }

  static void collectTypes(Schema schema, Set<String> types) {
    schema.union().forEach(one -> collectTypes(one, types));
    Schema type = schema.properties().get("type");
    if (type != null) {
      types.addAll(type.values());
    }
  }

  @Override
  public String toString() {
    return method + ' ' + path;
  }
}
