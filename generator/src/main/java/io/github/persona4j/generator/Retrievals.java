package io.github.persona4j.generator;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.openapitools.codegen.utils.ModelUtils;

/** The operations that retrieve one resource by its ID: a GET of a path that ends with the ID. */
final class Retrievals {
  private final OpenAPI description;
  private final UnaryOperator<String> modelName;

  /**
   * Creates the retrievals of a description.
   *
   * @param modelName gives the class of a schema
   */
  Retrievals(OpenAPI description, UnaryOperator<String> modelName) {
    this.description = description;
    this.modelName = modelName;
  }

  /** Returns the classes of the resources and of the unions that can be retrieved. */
  Set<String> models() {
    Set<String> models = new TreeSet<>();
    description
        .getPaths()
        .forEach(
            (path, item) -> {
              String model = item.getGet() == null ? null : model(path, item.getGet());
              if (model != null) {
                models.add(model);
              }
            });
    return models;
  }

  /**
   * Returns the class that a GET retrieves; null if it does not retrieve one resource by its ID.
   */
  @Nullable String model(String path, Operation get) {
    if (!path.endsWith("}") || path.indexOf('{') != path.lastIndexOf('{')) {
      return null;
    }
    Schema<?> body = body(get);
    Schema<?> data =
        body == null || body.getProperties() == null ? null : body.getProperties().get("data");
    return data == null || data.get$ref() == null
        ? null
        : modelName.apply(ModelUtils.getSimpleRef(data.get$ref()));
  }

  private @Nullable Schema<?> body(Operation get) {
    ApiResponse response = get.getResponses() == null ? null : get.getResponses().get("200");
    Content content = response == null ? null : response.getContent();
    MediaType json = content == null ? null : content.get("application/json");
    return json == null ? null : ModelUtils.getReferencedSchema(description, json.getSchema());
  }
}
