package io.github.persona4j.testing.internal.operation;

import io.github.persona4j.testing.internal.description.Operation;
import io.github.persona4j.testing.internal.description.Operation.Parameter;
import io.github.persona4j.testing.internal.description.Schema;
import io.github.persona4j.testing.internal.http.ApiFailure;
import io.github.persona4j.testing.internal.http.Query;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Checks the parameters of a query against the description. */
final class ParameterCheck {
  private final Query query;
  private final List<String> allowed = new ArrayList<>();

  private ParameterCheck(Query query) {
    this.query = query;
  }

  /**
   * Rejects what the operation does not accept.
   *
   * @throws ApiFailure with 400 if a page or filter parameter is unknown, since a misspelled one
   *     would widen the result, or if a value is missing or malformed
   */
  static void check(Operation operation, Query query) {
    ParameterCheck check = new ParameterCheck(query);
    for (Parameter parameter : operation.parameters()) {
      if (parameter.in().equals("query") && !parameter.name().equals("fields")) {
        check.check(parameter.name(), parameter.schema(), parameter.required());
      }
    }
    query.allowOnly(check.allowed);
    Set<String> include = query.list("include");
    if (include != null && !include.isEmpty() && operation.queryParameter("include") == null) {
      throw ApiFailure.badRequest("This operation does not accept include.");
    }
  }

  private void check(String name, Schema schema, boolean required) {
    if (!schema.properties().isEmpty()) {
      for (Map.Entry<String, Schema> property : schema.properties().entrySet()) {
        check(
            name + '[' + property.getKey() + ']',
            property.getValue(),
            schema.required().contains(property.getKey()));
      }
      return;
    }
    allowed.add(name);
    String value = query.get(name);
    if (value == null) {
      if (required) {
        throw ApiFailure.badRequest("The parameter " + name + " is required.");
      }
      return;
    }
    if ("date-time".equals(schema.format())) {
      try {
        OffsetDateTime.parse(value);
      } catch (DateTimeParseException e) {
        throw ApiFailure.badRequest(name + " must be an ISO 8601 time with an offset.");
      }
    }
    if ("boolean".equals(schema.type()) && !value.equals("true") && !value.equals("false")) {
      throw ApiFailure.badRequest(name + " must be true or false.");
    }
    if (!schema.values().isEmpty()) {
      for (String item : value.split(",", -1)) {
        if (!schema.values().contains(item)) {
          throw ApiFailure.badRequest(
              name + " must be one of " + String.join(", ", schema.values()) + ".");
        }
      }
    }
  }
}
