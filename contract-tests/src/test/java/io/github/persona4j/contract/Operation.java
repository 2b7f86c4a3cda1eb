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
 * One operation as a description has it.
 *
 * @param id the operationId
 * @param tag what it is grouped under
 * @param method the HTTP method in capitals
 * @param path the path with its parameters in braces, such as {@code /events/{event-id}}
 * @param basePath what stands before the path instead of the base URL's path; null if nothing
 * @param pathParameters an example for each path parameter by its name, in the order of the path
 * @param headers an example for each header that is a parameter
 * @param queryParameters the query parameters; one of an object is listed once for each property
 * @param body the request body, null where there is none
 * @param form the fields of a form whose names differ from those of its setters
 * @param answers one for each documented status and content type
 * @param pagination where the cursor of the next page goes; null where there are no pages
 * @param secured whether it needs the key
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
    List<Answer> answers,
    @Nullable String pagination,
    boolean secured) {

  private static final Pattern PARAMETER = Pattern.compile("\\{[^}]*}");

  /** What it is called by in any description of the same API: names of parameters do not count. */
  String key() {
    return key(method, path);
  }

  /** The same for any method and path. */
  static String key(String method, String path) {
    return method.toUpperCase(Locale.ROOT) + " " + PARAMETER.matcher(path).replaceAll("{}");
  }

  /** The path with the examples of its parameters. */
  String examplePath() {
    String filled = path;
    for (Map.Entry<String, String> parameter : pathParameters.entrySet()) {
      filled = filled.replace("{" + parameter.getKey() + "}", parameter.getValue());
    }
    return filled;
  }

  /** The path that a client asks for, with its own base path if there is one. */
  String calledPath() {
    return (basePath == null ? "" : basePath) + examplePath();
  }

  /** Whether a path, without what the base URL has, is one of this operation. */
  boolean matches(String method, String path) {
    String pattern = PARAMETER.matcher(Pattern.quote(this.path)).replaceAll("\\\\E[^/]+\\\\Q");
    if (basePath != null) {
      pattern = "(" + Pattern.quote(basePath) + ")?" + pattern;
    }
    return this.method.equals(method) && path.matches(pattern);
  }

  /** The first documented success, null where there is none. */
  @Nullable Answer success() {
    return answers.stream().filter(Answer::isSuccess).findFirst().orElse(null);
  }

  /** The same operation with other answers. */
  Operation answering(List<Answer> answers) {
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
        answers,
        pagination,
        secured);
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
   * @param required whether it must be there; the client takes it as an argument of its own
   * @param schema the schema of the value
   */
  record QueryParameter(String name, boolean map, boolean required, Node schema) {}

  /**
   * One field of a form.
   *
   * @param name such as {@code data[attributes][file]}
   * @param argument the setter of the client
   * @param file whether its value is a file
   * @param required whether it must be there
   */
  record FormField(String name, String argument, boolean file, boolean required) {}

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

    boolean isMultipart() {
      return mediaType.startsWith("multipart/");
    }
  }

  /**
   * What may be answered.
   *
   * @param status the HTTP status
   * @param mediaType the content type, null where there is no content
   * @param schema its schema, null where there is none
   * @param examples the examples by their names
   */
  record Answer(
      int status,
      @Nullable String mediaType,
      @Nullable Node schema,
      Map<String, JsonNode> examples) {

    boolean isJson() {
      return mediaType != null && mediaType.contains("json");
    }

    /** Whether status and content type are those of another answer. */
    boolean isOfKind(Answer other) {
      return status == other.status() && Objects.equals(mediaType, other.mediaType());
    }

    /** The names of the examples; one null where there are none. */
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
