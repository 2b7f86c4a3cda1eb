package io.github.persona4j.generator;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.openapitools.codegen.CodegenModel;
import org.openapitools.codegen.CodegenOperation;
import org.openapitools.codegen.CodegenParameter;
import org.openapitools.codegen.CodegenProperty;
import org.openapitools.codegen.model.ModelMap;
import org.openapitools.codegen.model.ModelsMap;
import org.openapitools.codegen.model.OperationMap;

/** Finds different names in the description that are the same in Java. */
final class NameClashes {
  /** Methods without arguments that a model has besides those of its properties. */
  static final Set<String> METHODS =
      Set.of(
          "additionalProperties",
          "builder",
          "clone",
          "finalize",
          "getClass",
          "hashCode",
          "modelType",
          "notify",
          "notifyAll",
          "propertyNames",
          "receivedNames",
          "slots",
          "toBuilder",
          "toJson",
          "toString",
          "wait");

  /** Classes that generated classes name without their package, besides those of java.lang. */
  static final Set<String> CLASSES =
      Set.of(
          "ApiResponse",
          "AsyncPage",
          "AsyncPages",
          "Attribute",
          "AuthenticationException",
          "BadRequestException",
          "BigDecimal",
          "Body",
          "Call",
          "CompletableFuture",
          "CompoundDocument",
          "ConflictException",
          "Consumer",
          "DELETE",
          "Download",
          "FieldAttributes",
          "FieldValue",
          "FieldValues",
          "FieldsBuilder",
          "FileUpload",
          "FormParameters",
          "GET",
          "GsonAdapters",
          "Header",
          "HeaderValue",
          "Headers",
          "Identified",
          "Include",
          "JsonAdapter",
          "JsonModel",
          "JsonObject",
          "JsonResponse",
          "JsonType",
          "JsonTypes",
          "JsonValue",
          "JsonWritable",
          "KeyOptional",
          "List",
          "LocalDate",
          "MalformedJsonException",
          "MalformedResponseException",
          "Map",
          "ModelType",
          "NotFoundException",
          "NullMarked",
          "Nullable",
          "Objects",
          "OffsetDateTime",
          "OpenValue",
          "OperationRunner",
          "Optional",
          "OrderedAttribute",
          "PATCH",
          "POST",
          "PUT",
          "Page",
          "PagedCall",
          "PagedQuery",
          "Pages",
          "Path",
          "PathResource",
          "PermissionDeniedException",
          "PersonaConnectionException",
          "PersonaException",
          "PropertyUnionType",
          "Query",
          "QueryMap",
          "QueryParameters",
          "RateLimitException",
          "RelationshipFetcher",
          "RequestOptions",
          "RequestTimeoutException",
          "Required",
          "ResourcePage",
          "ResourceQuery",
          "ResponseBody",
          "Retrievable",
          "Retrieval",
          "SafeText",
          "Search",
          "ServerException",
          "Set",
          "ShapeUnion",
          "Slots",
          "Streaming",
          "Tag",
          "ToMany",
          "ToOne",
          "UnexpectedTypeException",
          "UnionType",
          "UnknownResource",
          "UnprocessableEntityException",
          "UrlArgument",
          "WithoutKey",
          "Builder",
          "Known");

  /** Arguments that methods have besides those of the description. */
  private static final Set<String> ARGUMENTS = Set.of("body", "options", "query");

  private NameClashes() {}

  /**
   * Checks the names of classes, and those of the properties of each.
   *
   * @throws Refused if two are the same
   */
  static void check(Collection<ModelsMap> all) {
    // Names of files do not differ by case everywhere.
    Map<String, String> classes = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (ModelsMap file : all) {
      for (ModelMap entry : file.getModels()) {
        CodegenModel model = entry.getModel();
        String former = classes.putIfAbsent(model.classname, model.schemaName);
        if (former != null && !former.equals(model.schemaName)) {
          throw Refused.schema(
              model, "its class " + model.classname + " is that of the schema " + former);
        }
        if (CLASSES.contains(model.classname) || isInJavaLang(model.classname)) {
          throw Refused.schema(
              model, "its class " + model.classname + " has the name of one that it needs");
        }
        checkProperties(model);
      }
    }
  }

  private static boolean isInJavaLang(String name) {
    try {
      Class.forName("java.lang." + name, false, null);
      return true;
    } catch (ClassNotFoundException | LinkageError e) {
      return false;
    }
  }

  private static void checkProperties(CodegenModel model) {
    Map<String, String> properties = new HashMap<>();
    for (CodegenProperty property : model.vars) {
      if (METHODS.contains(property.name)) {
        throw Refused.schema(
            model,
            "the property '"
                + property.baseName
                + "' needs the accessor "
                + property.name
                + "(), which every class has already");
      }
      String former = properties.putIfAbsent(property.name, property.baseName);
      if (former != null) {
        throw Refused.schema(
            model,
            "the property '"
                + property.baseName
                + "' has the accessor "
                + property.name
                + "(), as '"
                + former
                + "' has");
      }
    }
  }

  /**
   * Checks the names of the methods of a group of operations, and of their arguments.
   *
   * @throws Refused if two are the same
   */
  static void check(OperationMap operations) {
    for (CodegenOperation operation : operations.getOperation()) {
      checkArguments(operation);
      String method = operation.operationId;
      // The generator appends a number to the second of two.
      String wished = method.replaceFirst("_\\d+$", "");
      if (!wished.equals(method)
          && operations.getOperation().stream()
              .anyMatch(other -> other.operationId.equals(wished))) {
        throw Refused.operation(
            operation, operations.getClassname() + " has a method " + wished + " already");
      }
    }
  }

  /** The other parameters are in an object of their own. */
  private static void checkArguments(CodegenOperation operation) {
    for (CodegenParameter parameter : operation.allParams) {
      boolean isArgument =
          parameter.isPathParam
              || parameter.isHeaderParam
              || (parameter.isQueryParam && parameter.required);
      if (isArgument && ARGUMENTS.contains(parameter.paramName)) {
        throw Refused.operation(
            operation,
            "the parameter '"
                + parameter.baseName
                + "' has the name of an argument that methods have already");
      }
    }
  }
}
