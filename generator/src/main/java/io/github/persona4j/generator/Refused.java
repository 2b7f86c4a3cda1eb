package io.github.persona4j.generator;

import java.io.Serial;
import org.jspecify.annotations.Nullable;
import org.openapitools.codegen.CodegenModel;
import org.openapitools.codegen.CodegenOperation;

/** The generator cannot write code for a part of the description. */
final class Refused extends IllegalArgumentException {
  @Serial private static final long serialVersionUID = 1;

  private final @Nullable String schema;
  private final @Nullable String operation;

  private Refused(
      String message,
      @Nullable Throwable cause,
      @Nullable String schema,
      @Nullable String operation) {
    super(message, cause);
    this.schema = schema;
    this.operation = operation;
  }

  static Refused schema(CodegenModel model, String message) {
    return new Refused("the schema " + name(model) + ": " + message, null, name(model), null);
  }

  static Refused schema(CodegenModel model, RuntimeException cause) {
    return cause instanceof Refused known
        ? known
        : new Refused(
            "the schema "
                + name(model)
                + ": "
                + text(cause).replaceFirst("^" + model.classname + ": ", ""),
            cause,
            name(model),
            null);
  }

  static Refused operation(CodegenOperation operation, String message) {
    String id = operation.operationIdOriginal;
    return new Refused("the operation " + id + ": " + message, null, null, id);
  }

  static Refused operation(CodegenOperation operation, RuntimeException cause) {
    String id = operation.operationIdOriginal;
    return cause instanceof Refused known
        ? known
        : new Refused("the operation " + id + ": " + text(cause), cause, null, id);
  }

  private static String name(CodegenModel model) {
    return model.schemaName == null ? model.classname : model.schemaName;
  }

  private static String text(RuntimeException cause) {
    return cause instanceof IllegalArgumentException && cause.getMessage() != null
        ? cause.getMessage()
        : "the generator cannot read it: " + cause;
  }

  /** Returns the name of the schema that is refused, or null if it is an operation. */
  @Nullable String schema() {
    return schema;
  }

  /** Returns the ID of the operation that is refused, or null if it is a schema. */
  @Nullable String operation() {
    return operation;
  }
}
