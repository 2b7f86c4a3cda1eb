package io.github.persona4j.generator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.swagger.v3.core.util.Json;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.examples.Example;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.parameters.RequestBody;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.openapitools.codegen.utils.ModelUtils;

/**
 * The examples that the description has of a request.
 *
 * @param parameters the examples of parameters by their names in the request, such as {@code
 *     filter[name]}; not all have one
 * @param body null if there is none
 */
record RequestExample(Map<String, String> parameters, @Nullable JsonNode body) {
  /** No examples. */
  static final RequestExample NONE = new RequestExample(Map.of(), null);

  private static final String EXTENSION = "requestExample";
  private static final ObjectMapper MAPPER = Json.mapper();

  /** Keeps it in the vendor extensions of its operation. */
  void addTo(Map<String, Object> extensions) {
    extensions.put(EXTENSION, this);
  }

  /** Returns the one in the vendor extensions of an operation; an empty one if there is none. */
  static RequestExample in(Map<String, Object> extensions) {
    return extensions.get(EXTENSION) instanceof RequestExample example ? example : NONE;
  }

  /** Reads the examples of an operation. */
  static RequestExample of(Operation operation, OpenAPI description) {
    Map<String, String> parameters = new LinkedHashMap<>();
    List<Parameter> all = operation.getParameters() == null ? List.of() : operation.getParameters();
    for (Parameter each : all) {
      Parameter parameter = ModelUtils.getReferencedParameter(description, each);
      Schema<?> schema = ModelUtils.getReferencedSchema(description, parameter.getSchema());
      Object example = parameter.getExample();
      if (example == null && parameter.getExamples() != null) {
        example = ofAny(parameter.getExamples(), description);
      }
      if (example == null && schema != null) {
        example = schema.getExample();
      }
      if (example != null) {
        parameters.put(parameter.getName(), written(example));
      } else if (schema != null && schema.getProperties() != null) {
        schema
            .getProperties()
            .forEach(
                (name, part) -> {
                  Object value = ((Schema<?>) part).getExample();
                  if (value != null) {
                    parameters.put(parameter.getName() + "[" + name + "]", written(value));
                  }
                });
      }
    }
    return new RequestExample(
        parameters,
        body(
            ModelUtils.getReferencedRequestBody(description, operation.getRequestBody()),
            description));
  }

  /** Returns the examples of IDs in paths by the names of their parameters. */
  static Map<String, String> ids(OpenAPI description) {
    Map<String, String> ids = new LinkedHashMap<>();
    for (PathItem path : description.getPaths().values()) {
      addIds(path.getParameters(), description, ids);
      path.readOperations().forEach(each -> addIds(each.getParameters(), description, ids));
    }
    return ids;
  }

  private static void addIds(
      @Nullable List<Parameter> all, OpenAPI description, Map<String, String> ids) {
    for (Parameter each : all == null ? List.<Parameter>of() : all) {
      Parameter parameter = ModelUtils.getReferencedParameter(description, each);
      if ("path".equals(parameter.getIn()) && parameter.getExample() != null) {
        ids.putIfAbsent(parameter.getName(), written(parameter.getExample()));
      }
    }
  }

  /** Returns an example as it is in the description: the parser makes a date of a schema's one. */
  private static String written(Object example) {
    return example instanceof Date date
        ? date.toInstant().atOffset(ZoneOffset.UTC).toLocalDate().toString()
        : String.valueOf(example);
  }

  private static @Nullable JsonNode body(@Nullable RequestBody body, OpenAPI description) {
    if (body == null || body.getContent() == null) {
      return null;
    }
    for (MediaType content : body.getContent().values()) {
      Object example = content.getExample();
      if (example == null && content.getExamples() != null) {
        example = ofAny(content.getExamples(), description);
      }
      if (example != null) {
        return json(example);
      }
    }
    return null;
  }

  private static @Nullable Object ofAny(Map<String, Example> examples, OpenAPI description) {
    for (Example each : examples.values()) {
      Example example = each;
      if (each != null && each.get$ref() != null && description.getComponents() != null) {
        Map<String, Example> shared = description.getComponents().getExamples();
        example = shared == null ? null : shared.get(ModelUtils.getSimpleRef(each.get$ref()));
      }
      if (example != null && example.getValue() != null) {
        return example.getValue();
      }
    }
    return null;
  }

  private static @Nullable JsonNode json(Object example) {
    try {
      JsonNode json =
          example instanceof String text ? MAPPER.readTree(text) : MAPPER.valueToTree(example);
      return json.isObject() ? json : null;
    } catch (JsonProcessingException e) {
      return null; // a text that is no JSON: there is no call to make of it
    }
  }
}
