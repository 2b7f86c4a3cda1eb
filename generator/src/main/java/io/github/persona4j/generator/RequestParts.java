package io.github.persona4j.generator;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.RequestBody;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.openapitools.codegen.utils.ModelUtils;

/** Finds the schemas that request bodies consist of, at any depth. */
final class RequestParts {
  private final OpenAPI description;
  private final Set<String> found = new HashSet<>();

  private RequestParts(OpenAPI description) {
    this.description = description;
  }

  /** Returns the names of the schemas of all request bodies, and of their parts. */
  static Set<String> of(OpenAPI description) {
    RequestParts parts = new RequestParts(description);
    for (PathItem path : description.getPaths().values()) {
      for (Operation operation : path.readOperations()) {
        RequestBody body =
            ModelUtils.getReferencedRequestBody(description, operation.getRequestBody());
        if (body != null && body.getContent() != null) {
          for (MediaType content : body.getContent().values()) {
            parts.add(content.getSchema());
          }
        }
      }
    }
    return parts.found;
  }

  private void add(@Nullable Schema<?> schema) {
    if (schema == null) {
      return;
    }
    if (schema.get$ref() != null) {
      String name = ModelUtils.getSimpleRef(schema.get$ref());
      if (found.add(name)) {
        add(ModelUtils.getSchema(description, name));
      }
      return;
    }
    add(schema.getItems());
    if (schema.getAdditionalProperties() instanceof Schema<?> values) {
      add(values);
    }
    Map<?, ?> properties = schema.getProperties();
    addAll(properties == null ? null : properties.values());
    addAll(schema.getAllOf());
    addAll(schema.getAnyOf());
    addAll(schema.getOneOf());
  }

  private void addAll(@Nullable Collection<?> schemas) {
    if (schemas != null) {
      schemas.forEach(schema -> add((Schema<?>) schema));
    }
  }
}
