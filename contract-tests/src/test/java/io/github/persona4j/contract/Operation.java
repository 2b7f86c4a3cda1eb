package io.github.persona4j.contract;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.persona4j.contract.Description.Node;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An operation of a description.
 *
 * @param id the operationId
 * @param tag the first tag
 * @param method the HTTP method in upper case
 * @param path the path with its parameters in braces, such as {@code /events/{event-id}}
 * @param basePath the base path that replaces that of the base URL; null if there is none
 * @param pathParameters an example of each path parameter by name, in the order of the path
 * @param headers an example of each header parameter
 * @param queryParameters the query parameters; an object is listed once per property
 * @param body the request body, null if there is none
 * @param form the fields of a form whose names differ from those of its setters
 * @param responses one for each documented status and content type
 * @param pagination the location of the cursor of the next page; null if there are no pages
 * @param secured whether it requires the key
 */
record Operation(
    String id,
    String tag,
    String method,
    String path,
    @Nullable String basePath,
    Map<String, String> pathParameters,
    Map<String, String> headers,
    List<QueryParameter> queryParameters,
    @Nullable Body body,
    List<FormField> form,
    List<DocumentedResponse> responses,
    @Nullable String pagination,
    boolean secured) {

  private static final Pattern PARAMETER = Pattern.compile("\\{[^}]*}");

  /** Returns a key that is the same in all descriptions of the API, without names of parameters. */
  String key() {
    return key(method, path);
  }

  /** Returns the key of a method and path. */
  static String key(String method, String path) {
    return method.toUpperCase(Locale.ROOT) + " " + PARAMETER.matcher(path).replaceAll("{}");
  }

  /** Returns the path with the examples of its parameters. */
  String examplePath() {
    String filled = path;
    for (Map.Entry<String, String> parameter : pathParameters.entrySet()) {
      filled = filled.replace("{" + parameter.getKey() + "}", parameter.getValue());
    }
    return filled;
  }

  /**
   * Returns the path that a client requests, with the base path of the operation if there is one.
   */
  String calledPath() {
    return (basePath == null ? "" : basePath) + examplePath();
  }

  /** Returns whether a path, relative to the base URL, is one of this operation. */
  boolean matches(String method, String path) {
    String pattern = PARAMETER.matcher(Pattern.quote(this.path)).replaceAll("\\\\E[^/]+\\\\Q");
    if (basePath != null) {
      pattern = "(" + Pattern.quote(basePath) + ")?" + pattern;
    }
    return this.method.equals(method) && path.matches(pattern);
  }

  /** Returns the first documented success, or null if there is none. */
  @Nullable DocumentedResponse success() {
    return responses.stream().filter(DocumentedResponse::isSuccess).findFirst().orElse(null);
  }

  /** Returns this operation with other responses. */
  Operation withResponses(List<DocumentedResponse> responses) {
    return new Operation(
        id,
        tag,
        method,
        path,
        basePath,
        pathParameters,
        headers,
        queryParameters,
        body,
        form,
        responses,
        pagination,
        secured);
  }

  @Override
  public String toString() {
    return id;
  }

  /**
   * A query parameter.
   *
   * @param name such as {@code page[size]}; for a map such as {@code fields} without brackets
   * @param map whether any name in brackets may follow
   * @param required whether it is required; such parameters are arguments of the client
   * @param schema the schema of the value
   */
  record QueryParameter(String name, boolean map, boolean required, Node schema) {}

  /**
   * A field of a form.
   *
   * @param name such as {@code data[attributes][file]}
   * @param argument the setter of the client
   * @param file whether its value is a file
   * @param required whether it is required
   */
  record FormField(String name, String argument, boolean file, boolean required) {}

  /**
   * A request body.
   *
   * @param mediaType such as {@code application/json}
   * @param required whether it is required
   * @param schema its schema
   * @param examples the examples by name
   */
  record Body(String mediaType, boolean required, Node schema, Map<String, JsonNode> examples) {
    boolean isJson() {
      return mediaType.contains("json");
    }

    boolean isMultipart() {
      return mediaType.startsWith("multipart/");
    }
  }

  /**
   * A documented response.
   *
   * @param status the HTTP status
   * @param mediaType the content type, null if there is no content
   * @param schema its schema, null if there is none
   * @param examples the examples by name
   */
  record DocumentedResponse(
      int status,
      @Nullable String mediaType,
      @Nullable Node schema,
      Map<String, JsonNode> examples) {

    boolean isJson() {
      return mediaType != null && mediaType.contains("json");
    }

    /** Returns whether status and content type equal those of another response. */
    boolean isOfKind(DocumentedResponse other) {
      return status == other.status() && Objects.equals(mediaType, other.mediaType());
    }

    /** Returns the names of the examples; a single null if there are none. */
    List<@Nullable String> exampleNames() {
      return examples.isEmpty()
          ? Collections.singletonList(null)
          : new ArrayList<@Nullable String>(examples.keySet());
    }

    boolean isSuccess() {
      return status >= 200 && status < 300;
    }
  }
}
