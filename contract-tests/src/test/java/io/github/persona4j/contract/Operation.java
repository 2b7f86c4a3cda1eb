package io.github.persona4j.contract;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.persona4j.contract.Description.Node;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One operation as a description has it.
 *
 * @param id the operationId
 * @param method the HTTP method in capitals
 * @param path the path with its parameters in braces, such as {@code /events/{event-id}}
 * @param pathParameters an example for each path parameter by its name
 * @param queryParameters the query parameters; one of an object is listed once for each property
 * @param body the request body, null where there is none
 * @param answers one for each documented status and content type
 * @param secured whether it needs the key
 */
record Operation(
    String id,
    String method,
    String path,
    Map<String, String> pathParameters,
    List<QueryParameter> queryParameters,
    @Nullable Body body,
    List<Answer> answers,
    boolean secured) {

  private static final Pattern PARAMETER = Pattern.compile("\\{[^}]*}");

  /** What it is called by in any description of the same API: names of parameters do not count. */
  String key() {
    return method + " " + PARAMETER.matcher(path).replaceAll("{}");
  }

  /** The path with the examples of its parameters. */
  String examplePath() {
    String filled = path;
    for (Map.Entry<String, String> parameter : pathParameters.entrySet()) {
      filled = filled.replace("{" + parameter.getKey() + "}", parameter.getValue());
    }
    return filled;
  }

  /** Whether a path, without what the base URL has, is one of this operation. */
  boolean matches(String method, String path) {
    String pattern = PARAMETER.matcher(Pattern.quote(this.path)).replaceAll("\\\\E[^/]+\\\\Q");
    return this.method.equals(method) && path.matches(pattern);
  }

  @Override
  public String toString() {
    return id;
  }

  /**
   * One name that a query may hold.
   *
   * @param name such as {@code page[size]}; for a map such as {@code fields} without brackets
   * @param map whether any name in brackets may follow
   * @param schema the schema of the value
   */
  record QueryParameter(String name, boolean map, Node schema) {}

  /**
   * What is sent.
   *
   * @param mediaType such as {@code application/json}
   * @param required whether it must be there
   * @param schema its schema
   * @param examples the examples by their names
   */
  record Body(String mediaType, boolean required, Node schema, Map<String, JsonNode> examples) {
    boolean isJson() {
      return mediaType.contains("json");
    }
  }

  /**
   * What may be answered.
   *
   * @param status the HTTP status
   * @param mediaType the content type, null where there is no content
   * @param examples the examples by their names
   */
  record Answer(int status, @Nullable String mediaType, Map<String, JsonNode> examples) {
    boolean isSuccess() {
      return status >= 200 && status < 300;
    }
  }
}
