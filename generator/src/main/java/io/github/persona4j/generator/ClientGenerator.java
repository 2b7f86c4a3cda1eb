package io.github.persona4j.generator;

import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.servers.Server;
import io.swagger.v3.oas.models.tags.Tag;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.openapitools.codegen.CodegenModel;
import org.openapitools.codegen.CodegenOperation;
import org.openapitools.codegen.CodegenParameter;
import org.openapitools.codegen.CodegenProperty;
import org.openapitools.codegen.SupportingFile;
import org.openapitools.codegen.languages.JavaClientCodegen;
import org.openapitools.codegen.model.ModelMap;
import org.openapitools.codegen.model.ModelsMap;
import org.openapitools.codegen.model.OperationMap;
import org.openapitools.codegen.model.OperationsMap;

/**
 * The Java generator, extended with values that templates cannot compute. It writes either the
 * Retrofit interfaces and the models or, with the additional property {@code retrofitPackage}, the
 * operation classes over the interfaces of that package.
 *
 * <p>It adds {@code apiDescription} to a group of operations, the description of its tag, and these
 * vendor extensions to an operation:
 *
 * <ul>
 *   <li>{@code arguments}: the arguments of its methods in order, without the query and the
 *       options. Required query parameters are arguments and are removed from the query.
 *   <li>{@code argumentsWithoutBody}: the same without the body.
 *   <li>{@code describedArguments}: the arguments that have a description for the Javadoc.
 *   <li>{@code smallestBody}: an expression for the smallest valid body, if the body is optional
 *       and needs no value of the caller.
 *   <li>those of its query, see {@link Queries#describe}.
 *   <li>{@code keyOptional}: set if the operation works with and without an API key.
 * </ul>
 *
 * <p>It adds {@code isRequestPart} to a model that is in a request body, and {@link ClearMethods}
 * to its properties.
 */
public final class ClientGenerator extends JavaClientCodegen {
  private static final String RETROFIT_PACKAGE = "retrofitPackage";

  private final Set<String> modelNames = new TreeSet<>();
  private final RetrievalTable retrievals = new RetrievalTable();
  private Resources resources = new Resources(Map.of());

  /** Replaces the templates of the library by ours. */
  @Override
  public void processOpts() {
    super.processOpts();
    setEnablePostProcessFile(true);
    apiTemplateFiles.clear();
    modelTemplateFiles.clear();
    supportingFiles.clear();
    if (additionalProperties.containsKey(RETROFIT_PACKAGE)) {
      apiTemplateFiles.put("operations.mustache", ".java");
      addFile("clientOperations.mustache", apiPackage(), "ClientOperations.java");
    } else {
      apiTemplateFiles.put("retrofit.mustache", "Api.java");
      modelTemplateFiles.put("model.mustache", ".java");
      addFile("modelTypes.mustache", modelPackage(), "ModelTypes.java");
    }
  }

  private void addFile(String template, String javaPackage, String name) {
    String folder = getSourceFolder() + '/' + javaPackage.replace('.', '/');
    supportingFiles.add(new SupportingFile(template, folder, name));
  }

  @Override
  public Map<String, ModelsMap> postProcessAllModels(Map<String, ModelsMap> all) {
    Map<String, ModelsMap> processed = super.postProcessAllModels(all);
    Set<String> requestParts = RequestParts.of(openAPI);
    Map<String, CodegenModel> models = new TreeMap<>();
    for (ModelsMap file : processed.values()) {
      file.getModels().forEach(each -> models.put(each.getModel().classname, each.getModel()));
    }
    resources = new Resources(models);
    resources.describe(new Retrievals(openAPI, this::toModelName).models());
    for (ModelsMap file : processed.values()) {
      for (ModelMap entry : file.getModels()) {
        CodegenModel model = entry.getModel();
        modelNames.add(model.classname);
        model.vendorExtensions.put("supertypes", Supertypes.of(model));
        if (requestParts.contains(model.schemaName)) {
          model.vendorExtensions.put("isRequestPart", true);
          ClearMethods.addTo(model);
        }
      }
    }
    return processed;
  }

  /** Formats each Java file that was written. */
  @Override
  public void postProcessFile(File file, String type) {
    if (!file.getName().endsWith(".java")) {
      return;
    }
    try {
      String source = Files.readString(file.toPath());
      Files.writeString(file.toPath(), new SourceFormat(modelPackage()).format(source, modelNames));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public CodegenOperation fromOperation(
      String path, String method, Operation operation, List<Server> servers) {
    CodegenOperation result = super.fromOperation(path, method, operation, servers);
    if (method.equalsIgnoreCase("get")) {
      String retrieved = new Retrievals(openAPI, this::toModelName).model(path, operation);
      if (retrieved != null) {
        result.vendorExtensions.put("retrieves", retrieved);
      }
    }
    List<SecurityRequirement> security = operation.getSecurity();
    // An empty list means no key; an empty requirement among others makes the key optional.
    if (security != null && security.stream().anyMatch(SecurityRequirement::isEmpty)) {
      result.vendorExtensions.put("keyOptional", true);
    }
    return result;
  }

  @Override
  public OperationsMap postProcessOperationsWithModels(
      OperationsMap objects, List<ModelMap> allModels) {
    OperationsMap processed = super.postProcessOperationsWithModels(objects, allModels);
    SmallestBody smallestBody = new SmallestBody(allModels);
    Queries queries = new Queries(allModels);
    OperationMap operations = processed.getOperations();
    operations.put("apiDescription", description(operations));
    for (CodegenOperation operation : operations.getOperation()) {
      List<Argument> arguments = argumentsWithoutBody(operation);
      operation.vendorExtensions.put("argumentsWithoutBody", shown(arguments));
      body(operation, operations.getClassname(), arguments);
      queries.describe(operation, operations.getClassname());
      operation.vendorExtensions.put("arguments", shown(arguments));
      operation.vendorExtensions.put("describedArguments", shown(described(arguments)));
      CodegenParameter body = operation.bodyParam;
      if (body != null && !body.required) {
        smallestBody
            .of(body.dataType)
            .ifPresent(smallest -> operation.vendorExtensions.put("smallestBody", smallest));
      }
    }
    addRetrievals(operations);
    return processed;
  }

  private void addRetrievals(OperationMap operations) {
    String api = operations.getClassname() + "Api";
    for (CodegenOperation operation : operations.getOperation()) {
      if (operation.vendorExtensions.get("retrieves") instanceof String model
          && resources.isResource(model)) {
        retrievals.add(model, operation, api);
      }
    }
  }

  @Override
  public Map<String, Object> postProcessSupportingFileData(Map<String, Object> data) {
    Map<String, Object> processed = super.postProcessSupportingFileData(data);
    processed.put("retrievals", retrievals.rows(resources));
    if (!additionalProperties.containsKey(RETROFIT_PACKAGE)) {
      writeIncludes(models(processed));
    }
    return processed;
  }

  @SuppressWarnings("unchecked") // the generator puts its models under this key
  private static List<ModelMap> models(Map<String, Object> data) {
    return (List<ModelMap>) Objects.requireNonNull(data.get("models"), "models");
  }

  /** Writes the constants for the relationships of each resource that has some. */
  private void writeIncludes(List<ModelMap> all) {
    Map<String, CodegenModel> models = new TreeMap<>();
    all.forEach(model -> models.put(model.getModel().classname, model.getModel()));
    ExtraFiles files = new ExtraFiles(this, apiFileFolder());
    for (CodegenModel model : models.values()) {
      String resource = Relationship.owner(model);
      if (models.containsKey(resource)) {
        files.write(
            "include.mustache",
            resource + "Include",
            Map.of(
                "package",
                apiPackage(),
                "resource",
                resource,
                "relationships",
                Relationship.of(model, models, resources).stream()
                    .map(Relationship::shown)
                    .toList()));
      }
    }
  }

  private String description(OperationMap operations) {
    String api = operations.getClassname();
    for (Tag tag : openAPI.getTags()) {
      Map<String, Object> extensions = tag.getExtensions();
      Object name = extensions == null ? null : extensions.get("x-api");
      if (api.equals(name == null ? sanitizeTag(tag.getName()) : name)) {
        return tag.getDescription();
      }
    }
    throw new IllegalArgumentException("No tag describes the operations of " + api);
  }

  private static List<Argument> described(List<Argument> arguments) {
    return arguments.stream().filter(argument -> argument.description() != null).toList();
  }

  private static List<Map<String, @Nullable String>> shown(List<Argument> arguments) {
    return arguments.stream().map(Argument::shown).toList();
  }

  private static List<Argument> argumentsWithoutBody(CodegenOperation operation) {
    List<Argument> arguments = new ArrayList<>();
    for (CodegenParameter path : operation.pathParams) {
      arguments.add(Argument.path(path.paramName, path.baseName));
    }
    moveRequired(operation, arguments);
    for (CodegenParameter header : operation.headerParams) {
      if (!header.vendorExtensions.containsKey("x-managed")) {
        arguments.add(Argument.header(header.paramName, header.baseName));
      }
    }
    Object authorization = operation.vendorExtensions.get("x-authorization");
    if (authorization != null) {
      arguments.add(Argument.header(authorization.toString(), "Authorization"));
    }
    return arguments;
  }

  /** Moves the required query parameters to the arguments. */
  private static void moveRequired(CodegenOperation operation, List<Argument> arguments) {
    for (Iterator<CodegenParameter> rest = operation.queryParams.iterator(); rest.hasNext(); ) {
      CodegenParameter parameter = rest.next();
      if (!parameter.required) {
        continue;
      }
      if (parameter.isDeepObject) {
        moveRequiredParts(parameter, arguments);
      } else {
        arguments.add(
            Argument.query(
                parameter.paramName,
                parameter.baseName,
                parameter.dataType,
                parameter.vendorExtensions,
                parameter.description));
      }
      boolean isLeft = parameter.isMap || !parameter.vars.isEmpty();
      if (!isLeft) {
        rest.remove();
      }
    }
  }

  /**
   * Moves the parts of a parameter such as {@code filter}, which are sent as {@code filter[key]}.
   */
  private static void moveRequiredParts(CodegenParameter parameter, List<Argument> arguments) {
    for (Iterator<CodegenProperty> parts = parameter.vars.iterator(); parts.hasNext(); ) {
      CodegenProperty part = parts.next();
      if (part.required) {
        arguments.add(
            Argument.query(
                parameter.paramName + part.nameInPascalCase,
                parameter.baseName + "[" + part.baseName + "]",
                part.dataType,
                part.vendorExtensions,
                part.description));
        parts.remove();
      }
    }
  }

  private static void body(CodegenOperation operation, String api, List<Argument> arguments) {
    if (operation.bodyParam != null) {
      arguments.add(Argument.body(operation.bodyParam.dataType, "body"));
    } else if (operation.getHasFormParams()) {
      String name = operation.operationId;
      String form = name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
      arguments.add(Argument.body(api + "Api." + form + "Form", "form"));
    }
  }
}
