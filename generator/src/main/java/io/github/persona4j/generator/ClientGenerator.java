package io.github.persona4j.generator;

import io.github.persona4j.generator.ExampleCalls.Called;
import io.github.persona4j.generator.OperationForms.Body;
import io.github.persona4j.generator.OperationForms.Query;
import io.github.persona4j.generator.OperationForms.ShorterBody;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.servers.Server;
import io.swagger.v3.oas.models.tags.Tag;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.openapitools.codegen.CodegenDiscriminator.MappedModel;
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
 *   <li>{@code arguments}: the arguments of its Retrofit method in order, without the query and the
 *       options. Required query parameters are arguments and are removed from the query.
 *   <li>{@code text}: the Javadoc of the Retrofit method, one line each.
 *   <li>{@code calls}: the methods that make its calls, one a {@link Form}.
 *   <li>{@code methods}, {@code asyncMethods} and {@code rawMethods}: the published methods, two a
 *       {@link Form}.
 *   <li>those of its query, see {@link Queries#describe}.
 *   <li>{@code searchOf}: the resource that it searches, see {@link Searches}.
 *   <li>{@code keyOptional}: set if the operation works with and without an API key.
 * </ul>
 *
 * <p>It adds {@code isRequestPart} to a model that is in a request body, and {@link ClearMethods}
 * to its properties, and {@code hasBuilder} where the type of a property is a model with a builder.
 */
public final class ClientGenerator extends JavaClientCodegen {
  /** Additional property: files are left as the templates print them, which saves most time. */
  static final String UNFORMATTED = "unformatted";

  private static final String RETROFIT_PACKAGE = "retrofitPackage";

  /** Additional property: the file for the index of the operations. */
  private static final String INDEX = "operationsIndex";

  /** Additional properties: the source folder and the package for the class of all examples. */
  private static final String EXAMPLES_FOLDER = "examplesFolder";

  private static final String EXAMPLES_PACKAGE = "examplesPackage";

  /** Where native-image finds what a jar uses by reflection. */
  private static final String METADATA_FOLDER =
      "src/main/resources/META-INF/native-image/io.github.persona4j/persona4j-api";

  private final RetrievalTable retrievals = new RetrievalTable();
  private final Searches searches = new Searches();
  private Models models = new Models(List.of());
  private Resources resources = new Resources(models);
  private @Nullable ExampleCalls exampleCalls;
  private @Nullable OperationIndex index;
  private @Nullable SourceFormat format;

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
      apiTemplateFiles.put("operationsAsync.mustache", "Async.java");
      apiTemplateFiles.put("operationsRaw.mustache", "Raw.java");
      apiTemplateFiles.put("operationCalls.mustache", "Calls.java");
      addFile("clientOperations.mustache", apiPackage(), "ClientOperations.java");
      addFile("asyncOperations.mustache", apiPackage(), "AsyncOperations.java");
      addFile("rawOperations.mustache", apiPackage(), "RawOperations.java");
    } else {
      apiTemplateFiles.put("retrofit.mustache", "Api.java");
      modelTemplateFiles.put("model.mustache", ".java");
      addFile("modelTypes.mustache", modelPackage(), "ModelTypes.java");
      supportingFiles.add(
          new SupportingFile(
              "reachabilityMetadata.mustache", METADATA_FOLDER, "reachability-metadata.json"));
    }
  }

  private void addFile(String template, String javaPackage, String name) {
    String folder = getSourceFolder() + '/' + javaPackage.replace('.', '/');
    supportingFiles.add(new SupportingFile(template, folder, name));
  }

  @Override
  public Map<String, ModelsMap> postProcessAllModels(Map<String, ModelsMap> byName) {
    Map<String, ModelsMap> processed = super.postProcessAllModels(byName);
    OwnFields.prepare(processed.values());
    NameClashes.check(processed.values());
    refuseMapsWithProperties(processed.values());
    models =
        new Models(
            processed.values().stream()
                .flatMap(file -> file.getModels().stream())
                .map(ModelMap::getModel)
                .toList());
    if (additionalProperties.get(RETROFIT_PACKAGE) instanceof String retrofit) {
      index = new OperationIndex(new QualifiedNames(apiPackage(), retrofit, modelPackage()));
    }
    resources = new Resources(models);
    resources.describe(new Retrievals(openAPI, this::toModelName).models());
    Set<String> requestParts = RequestParts.of(openAPI);
    for (CodegenModel model : models.all()) {
      try {
        describe(model, requestParts.contains(model.schemaName));
      } catch (RuntimeException e) {
        throw Refused.schema(model, e);
      }
    }
    return processed;
  }

  private void describe(CodegenModel model, boolean isRequestPart) {
    for (String member : model.oneOf) {
      if (models.find(member) == null) {
        throw Refused.schema(model, "its oneOf has a member that is no object: " + member);
      }
    }
    checkMapping(model);
    model.vendorExtensions.put("supertypes", Supertypes.of(model));
    TypeData.addTo(model);
    Deprecations.prepare(model);
    PropertyTexts.complete(model, models);
    if (isRequestPart) {
      model.vendorExtensions.put("isRequestPart", true);
      ClearMethods.addTo(model);
      models.markNested(model);
    }
  }

  /** Without its line in the mapping, a type would have the name of its schema. */
  private static void checkMapping(CodegenModel union) {
    if (union.discriminator == null || union.discriminator.getMapping() == null) {
      return;
    }
    for (MappedModel mapped : union.discriminator.getMappedModels()) {
      if (!mapped.isExplicitMapping()) {
        throw new IllegalArgumentException(
            "the mapping of its discriminator lacks " + mapped.getModelName());
      }
    }
  }

  /** Converts code in texts of the description, which is in backticks, to Javadoc. */
  @Override
  public @Nullable String escapeText(@Nullable String text) {
    String escaped = super.escapeText(text);
    return escaped == null ? null : OperationText.prose(escaped);
  }

  /** The generator takes "list" for a word of its own and would call it {@code callList}. */
  @Override
  public String toOperationId(String operationId) {
    return operationId.equals("list") ? operationId : super.toOperationId(operationId);
  }

  /** Formats each Java file that was written. */
  @Override
  public void postProcessFile(File file, String type) {
    if (!file.getName().endsWith(".java") || additionalProperties.containsKey(UNFORMATTED)) {
      return;
    }
    if (format == null) {
      format =
          new SourceFormat(
              modelPackage(), models.all().stream().map(model -> model.classname).toList());
    }
    try {
      String source = Files.readString(file.toPath());
      Files.writeString(file.toPath(), format.format(source));
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
    RequestExample.of(operation, openAPI).addTo(result.vendorExtensions);
    List<SecurityRequirement> security = operation.getSecurity();
    // An empty list means no key; an empty requirement among others makes the key optional.
    if (security != null && security.stream().anyMatch(SecurityRequirement::isEmpty)) {
      result.vendorExtensions.put("keyOptional", true);
    }
    return result;
  }

  /** Such an object is a class, but properties of its type are neither models nor maps. */
  private static void refuseMapsWithProperties(Collection<ModelsMap> all) {
    for (ModelsMap file : all) {
      for (ModelMap entry : file.getModels()) {
        CodegenModel model = entry.getModel();
        if (model.isMap && model.allOf.isEmpty() && !model.vars.isEmpty()) {
          throw Refused.schema(
              model,
              "it has properties and additionalProperties; without these, others are kept, too");
        }
      }
    }
  }

  @Override
  public OperationsMap postProcessOperationsWithModels(
      OperationsMap objects, List<ModelMap> allModels) {
    OperationsMap processed = super.postProcessOperationsWithModels(objects, allModels);
    Queries queries = new Queries(models);
    OperationMap operations = processed.getOperations();
    String api = operations.getClassname();
    operations.put("apiDescription", description(operations));
    NameClashes.check(operations);
    for (CodegenOperation operation : operations.getOperation()) {
      try {
        describe(operation, api, queries);
      } catch (RuntimeException e) {
        throw Refused.operation(operation, e);
      }
    }
    return processed;
  }

  private void describe(CodegenOperation operation, String api, Queries queries) {
    List<Argument> required = requiredArguments(operation);
    OperationParts parts = OperationParts.of(operation, required, models);
    OperationText text = new OperationText(operation, parts.text(operation));
    Argument bodyArgument = bodyArgument(operation, api);
    queries.describe(operation, api);
    if (Searches.isSearch(operation)) {
      searches.add(operation, queries.resource(operation));
    }
    Query query = query(operation);
    List<Argument> arguments = new ArrayList<>(required);
    if (bodyArgument != null) {
      arguments.add(bodyArgument);
    }
    Map<String, Object> extensions = operation.vendorExtensions;
    extensions.put("arguments", arguments.stream().map(Argument::shown).toList());
    List<Parameter> parameters = new ArrayList<>(parameters(arguments));
    if (query != null) {
      parameters.add(query.parameter());
    }
    parameters.add(Parameter.OPTIONS);
    extensions.put("text", text.ofCall(parameters).lines().toList());
    Body body = body(operation, bodyArgument);
    List<Form> forms = OperationForms.of(operation.operationId, parameters(required), body, query);
    Paging paging = Paging.of(operation, models);
    String accessor = Names.uncapitalized(api);
    OperationExample example =
        exampleCalls()
            .of(
                new Called(
                    operation,
                    accessor,
                    required,
                    bodyArgument,
                    paging,
                    RequestExample.in(extensions)));
    PrintedForms printed = new PrintedForms(api, text, forms, example);
    extensions.put("calls", printed.calls("Call<" + Style.bodyType(operation) + ">"));
    FormResult response = new FormResult.Response(operation, text);
    for (Style style : Style.values()) {
      extensions.put(style.extension(), printed.methods(style, response));
    }
    List<String> signatures = new ArrayList<>(printed.signatures(response));
    if (paging != null) {
      signatures.clear();
      List<Form> paged =
          paging.forms(OperationForms.of(paging.calls(), parameters(required), body, query));
      PrintedForms pages = new PrintedForms(api, text, paged, example);
      for (boolean all : List.of(false, true)) {
        signatures.addAll(pages.signatures(new FormResult.Pages(paging, all, text)));
      }
      extensions.put("pagedCalls", pages.calls(paging.callType(paged)));
      for (Style style : List.of(Style.BLOCKING, Style.ASYNC)) {
        List<Map<String, Object>> methods = new ArrayList<>();
        methods.addAll(pages.methods(style, new FormResult.Pages(paging, false, text)));
        methods.addAll(pages.methods(style, new FormResult.Pages(paging, true, text)));
        extensions.put(style.extension(), methods);
      }
    }
    if (index != null) {
      index.add(operation, api, signatures, printed.full(), example, parts, text);
    }
    if (extensions.get("retrieves") instanceof String model && resources.isResource(model)) {
      retrievals.add(model, operation, api + "Api");
    }
  }

  private ExampleCalls exampleCalls() {
    if (exampleCalls == null) {
      exampleCalls = new ExampleCalls(models, modelPackage(), RequestExample.ids(openAPI));
    }
    return exampleCalls;
  }

  @Override
  public Map<String, Object> postProcessSupportingFileData(Map<String, Object> data) {
    Map<String, Object> processed = super.postProcessSupportingFileData(data);
    if (index != null) {
      writeOperations(index);
    }
    processed.put("retrievals", retrievals.rows(resources));
    if (!additionalProperties.containsKey(RETROFIT_PACKAGE)) {
      processed.put("groupMask", TypeGroups.MASK);
      processed.put("schemaGroups", TypeGroups.of(models.all(), model -> model.name));
      processed.put("classGroups", TypeGroups.of(models.all(), model -> model.classname));
      ExtraFiles files = new ExtraFiles(this, apiFileFolder());
      writeIncludes(files);
      searches.write(files, apiPackage());
    }
    return processed;
  }

  /** Writes what the site and the tests need of the operations, where the build asks for it. */
  private void writeOperations(OperationIndex operations) {
    if (additionalProperties.get(INDEX) instanceof String file) {
      operations.write(Path.of(file));
    }
    if (additionalProperties.get(EXAMPLES_FOLDER) instanceof String folder
        && additionalProperties.get(EXAMPLES_PACKAGE) instanceof String javaPackage) {
      Path files = Path.of(folder, javaPackage.split("\\."));
      new ExtraFiles(this, files.toString())
          .writeAsPrinted(
              "operationExamples.mustache",
              "OperationExamples",
              operations.forTemplate(javaPackage));
    }
  }

  /** Writes the constants for the relationships of each resource that has some. */
  private void writeIncludes(ExtraFiles files) {
    for (CodegenModel model : models.all()) {
      String resource = Relationship.owner(model);
      if (models.find(resource) != null) {
        files.write(
            "include.mustache",
            resource + "Include",
            Map.of(
                "package",
                apiPackage(),
                "resource",
                resource,
                "relationships",
                relationships(model)));
      }
    }
  }

  private List<Map<String, String>> relationships(CodegenModel model) {
    try {
      return Relationship.of(model, models, resources).stream().map(Relationship::shown).toList();
    } catch (RuntimeException e) {
      throw Refused.schema(model, e);
    }
  }

  private static @Nullable Query query(CodegenOperation operation) {
    if (operation.queryParams.isEmpty()) {
      return null;
    }
    Map<String, Object> extensions = operation.vendorExtensions;
    return new Query(
        String.valueOf(extensions.get("queryType")),
        String.valueOf(extensions.get("queryNone")),
        extensions.containsKey("ownQuery"));
  }

  private @Nullable Body body(CodegenOperation operation, @Nullable Argument argument) {
    if (argument == null) {
      return null;
    }
    CodegenParameter body = operation.bodyParam;
    if (body == null) {
      return new Body(argument.parameter(), FormArguments.of(operation, argument.type()));
    }
    BodyShape shape = BodyShape.of(body.dataType, models);
    List<ShorterBody> shorter = new ArrayList<>(Searches.bodies(operation, body.dataType));
    shorter.addAll(ShorterBodies.of(shape, body.dataType, body.required, new SmallestBody(models)));
    return new Body(argument.parameter(), shorter);
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

  private static List<Parameter> parameters(List<Argument> arguments) {
    return arguments.stream().map(Argument::parameter).toList();
  }

  private static List<Argument> requiredArguments(CodegenOperation operation) {
    List<Argument> arguments = new ArrayList<>();
    for (CodegenParameter path : operation.pathParams) {
      arguments.add(Argument.path(path.paramName, path.baseName, path.description));
    }
    moveRequired(operation, arguments);
    for (CodegenParameter header : operation.headerParams) {
      if (!header.vendorExtensions.containsKey("x-managed")) {
        arguments.add(Argument.header(header.paramName, header.baseName, header.description));
      }
    }
    Object authorization = operation.vendorExtensions.get("x-authorization");
    if (authorization != null) {
      arguments.add(
          Argument.header(
              authorization.toString(),
              "Authorization",
              "Value of the {@code Authorization} header, instead of the API key."));
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

  private static @Nullable Argument bodyArgument(CodegenOperation operation, String api) {
    if (operation.bodyParam != null) {
      return Argument.body(operation.bodyParam.dataType, "body", "the body of the request");
    } else if (operation.getHasFormParams()) {
      String form = api + "Api." + Names.capitalized(operation.operationId) + "Form";
      return Argument.body(form, "form", "the form that is sent");
    }
    return null;
  }
}
