package io.github.persona4j.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.persona4j.contract.Settings.Mode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs the suite with a description that differs from ours in known ways: the report lists each
 * difference, and only those that break callers fail the build.
 */
@Tag("slow")
class ChangedDescriptionTest {
  private static final String MISSING = "Operations missing in the description";
  private static final String ADDITIONAL = "Additional operations";
  private static final String REJECTED = "Request rejected";
  private static final String UNKNOWN = "Unknown parts";
  private static final String TYPES = "Different content types";
  private static final String NOT_DECODED = "Not decoded";
  private static final String MISTAKE = "Mistake of the description";

  private static final List<Change> CHANGES =
      List.of(
          new Change(
              "an attribute with another name",
              "accounts.retrieve",
              UNKNOWN,
              "accounts.retrieve 200: ",
              "$.data.attributes.own-id: unknown property of AccountAttributes",
              api -> {
                rename(api.schema("AccountAttributes").get("properties"), "reference-id", "own-id");
                rename(api.attributes("AccountResponse"), "reference-id", "own-id");
              }),
          new Change(
              "an attribute of another type",
              "transactions.retrieve",
              NOT_DECODED,
              "transactions.retrieve 200: ",
              "$.data.attributes.status: a number instead of string",
              api -> {
                api.schema("TransactionAttributes")
                    .withObject("/properties/status")
                    .put("type", "integer");
                api.attributes("TransactionResponse").put("status", 7);
              }),
          new Change(
              "a date that may be any string",
              "events.retrieve",
              UNKNOWN,
              "events.retrieve 200: ",
              "$.data.attributes.created-at: a string instead of date-time",
              api ->
                  api.schema("EventAttributes")
                      .withObject("/properties/created-at")
                      .remove("format")),
          new Change(
              "a new value of an open enum",
              "cases.retrieve",
              UNKNOWN,
              "cases.retrieve 200: ",
              "$.data.attributes.assigner-type: unknown value \"robot\" of CaseActorType",
              api -> {
                api.schema("CaseActorType").withArrayProperty("x-known-values").add("robot");
                api.attributes("CaseResponse").put("assigner-type", "robot");
              }),
          new Change(
              "a new type of resource in a union",
              "inquiries.retrieve",
              UNKNOWN,
              "inquiries.retrieve 200: $.included[",
              "unknown type of resource \"badge\"",
              api ->
                  api.example("InquiryResponse")
                      .withArrayProperty("included")
                      .addObject()
                      .put("type", "badge")
                      .put("id", "bdg_1")),
          new Change(
              "a new property next to the data",
              "documents.retrieve",
              UNKNOWN,
              "documents.retrieve 200: ",
              "$.totals: unknown property of DocumentResponse",
              api -> api.example("DocumentResponse").putObject("totals").put("pages", 1)),
          new Change(
              "a response without its data",
              "apiKeys.retrieve",
              NOT_DECODED,
              "apiKeys.retrieve 200: ",
              "data",
              api -> {
                api.schema("ApiKeyResponse").remove("required");
                api.example("ApiKeyResponse").remove("data");
              }),
          new Change(
              "a new required field of a body",
              "inquiries.create",
              REJECTED,
              "inquiries.create: ",
              "required property 'campaign'",
              api -> {
                api.schema("CreateInquiryRequest").withArrayProperty("required").add("campaign");
                api.example("CreateInquiryRequest").put("campaign", "spring");
              }),
          new Change(
              "a new required part of a form",
              "importers.importIpAddresses",
              REJECTED,
              "importers.importIpAddresses: ",
              "required property 'data[attributes][region]'",
              api -> {
                ObjectNode attributes = nestedForm(api, "importers.importIpAddresses");
                attributes.withObjectProperty("properties").putObject("region");
                attributes.withArrayProperty("required").add("region");
              }),
          new Change(
              "a new required query parameter",
              "events.list",
              REJECTED,
              "events.list: ",
              "required property 'region'",
              api -> api.addParameter("events.list", "query", "region")),
          new Change(
              "a new required header",
              "reports.pause",
              REJECTED,
              "reports.pause: ",
              "required property 'persona-region'",
              api -> api.addParameter("reports.pause", "header", "Persona-Region")),
          new Change(
              "a narrower parameter",
              "userAuditLogs.list",
              REJECTED,
              "userAuditLogs.list: ",
              "page.size must be >= 50",
              api -> api.schema("CursorPage").withObject("/properties/size").put("minimum", 50)),
          new Change(
              "another content type of a body",
              "webhooks.create",
              REJECTED,
              "webhooks.create: ",
              "Supported content types: application/xml",
              api ->
                  rename(
                      api.operation("webhooks.create").at("/requestBody/content"),
                      "application/json",
                      "application/xml")),
          new Change(
              "another content type of a response",
              "reports.retrieve",
              TYPES,
              "reports.retrieve 200: ",
              "application/vnd.api+json instead of application/json",
              api ->
                  rename(
                      api.responses("reports.retrieve").at("/200/content"),
                      "application/json",
                      "application/vnd.api+json")),
          new Change(
              "another authentication scheme",
              "lists.list",
              REJECTED,
              "lists.list: ",
              "security scheme",
              api -> {
                ObjectNode scheme = api.object("components", "securitySchemes").putObject("own");
                scheme.put("type", "apiKey").put("in", "header").put("name", "X-Own-Key");
                api.operation("lists.list").putArray("security").addObject().putArray("own");
              }),
          new Change(
              "a removed operation",
              "apiLogs.retrieve",
              MISSING,
              "apiLogs.retrieve, ",
              "GET /api-logs/{api-log-id}",
              api -> api.path("apiLogs.retrieve").removeAll()),
          new Change(
              "a new operation",
              "importers.retrieve",
              ADDITIONAL,
              "widgets.list, ",
              "GET /widgets/{importer-id}",
              api -> {
                ObjectNode operation = api.operation("importers.retrieve").deepCopy();
                operation.put("operationId", "widgets.list");
                api.paths().putObject("/widgets/{importer-id}").set("get", operation);
              }),
          new Change(
              "an operation at another path",
              "devices.list",
              ADDITIONAL,
              "devices.list, ",
              "GET /machines",
              api -> rename(api.paths(), "/devices", "/machines")),
          new Change(
              "a removed error",
              "webhooks.archive",
              "Missing statuses",
              "webhooks.archive ",
              "409",
              api -> api.responses("webhooks.archive").remove("409")),
          new Change(
              "a resource without its ID",
              "userAuditLogs.retrieve",
              NOT_DECODED,
              "userAuditLogs.retrieve 200: ",
              "$.data.id: the accessor throws",
              api -> {
                without(api.schema("UserAuditLog").withArrayProperty("required"), "id");
                ((ObjectNode) api.example("UserAuditLogResponse").get("data")).remove("id");
              }),
          new Change(
              "an example of a response that violates its schema",
              "themeSets.list",
              MISTAKE,
              "themeSets.list 200: ",
              "data.0.id must be string",
              api -> ((ObjectNode) api.example("ThemeSetPage").at("/data/0")).put("id", 7)),
          new Change(
              "an example of a request that violates its schema",
              "cases.create",
              MISTAKE,
              "cases.create: the example request is rejected, too: ",
              "required property 'campaign'",
              api -> api.schema("CreateCaseRequest").withArrayProperty("required").add("campaign")),
          new Change(
              "a missing schema",
              "transactionTypes.retrieve",
              MISTAKE,
              "changed.json#/paths/",
              "refers to #/components/schemas/Nowhere",
              api ->
                  ((ObjectNode)
                          api.responses("transactionTypes.retrieve")
                              .at("/200/content")
                              .iterator()
                              .next())
                      .putObject("schema")
                      .put("$ref", "#/components/schemas/Nowhere")),
          new Change(
              "an example of an event that violates its schema",
              "a webhook",
              MISTAKE,
              "report.ready -: ",
              "$.data.attributes.payload is 7, not \"object\"",
              api -> {
                ObjectNode event = addEvent(api, "report.ready", "report/watchlist");
                event.withObject("/data/attributes").put("payload", 7).remove("created-at");
              }),
          new Change(
              "an event about another type of resource",
              "a webhook",
              MISTAKE,
              "case.created -: ",
              "the event case.created has a resource of the type account",
              api -> addEvent(api, "case.created", "account")),
          new Change(
              "a missing parameter",
              "inquirySessions.expire",
              MISTAKE,
              "changed.json#/paths/",
              "refers to parameters.yaml#/Nowhere",
              api ->
                  api.operation("inquirySessions.expire")
                      .withArrayProperty("parameters")
                      .addObject()
                      .put("$ref", "parameters.yaml#/Nowhere")),
          new Change(
              "another success status",
              "workflows.retrieveRun",
              "Additional statuses",
              "workflows.retrieveRun ",
              "203",
              api -> rename(api.responses("workflows.retrieveRun"), "200", "203")));

  /** Changes that do not affect callers: every case of their operations passes. */
  private static final List<Change> COMPATIBLE =
      List.of(
          new Change(
              "a form with nested parts without encodings",
              "importers.importNames",
              "",
              "",
              "",
              api -> nestedForm(api, "importers.importNames")),
          new Change(
              "a form with the parts as they are sent",
              "importers.importPhoneNumbers",
              "",
              "",
              "",
              api -> {
                ObjectNode form = form(api, "importers.importPhoneNumbers");
                form.withObjectProperty("properties").putObject("data[attributes][file]");
                form.withObjectProperty("properties").putObject("data[attributes][list-id]");
                form.withArrayProperty("required").add("data[attributes][file]");
                form.withArrayProperty("required").add("data[attributes][list-id]");
              }),
          new Change(
              "a form with nested parts in composed schemas",
              "importers.importGeolocations",
              "",
              "",
              "",
              api -> {
                ObjectNode file = api.object("components", "schemas").putObject("NestedFile");
                addPart(addPart(addPart(file, "data"), "attributes"), "file");
                ObjectNode other = api.object("components", "schemas").putObject("NestedOther");
                addPart(addPart(other, "data"), "something-else");
                ObjectNode form = form(api, "importers.importGeolocations");
                ArrayNode alternatives =
                    form.withArrayProperty("allOf").addObject().withArrayProperty("oneOf");
                alternatives.addObject().put("$ref", "#/components/schemas/NestedOther");
                alternatives.addObject().put("$ref", "#/components/schemas/NestedFile");
              }),
          new Change(
              "a relationship without a target",
              "inquirySessions.retrieve",
              "",
              "",
              "",
              api -> {
                api.schema("NetworkRelationship")
                    .withObject("/properties")
                    .putObject("data")
                    .put("type", "object")
                    .put("additionalProperties", false);
                ((ObjectNode)
                        api.example("InquirySessionResponse").at("/data/relationships/network"))
                    .putObject("data");
              }),
          new Change(
              "rate limits without an ID",
              "limits.list",
              "",
              "",
              "",
              api -> {
                without(api.schema("RateLimit").withArrayProperty("required"), "id");
                api.example("RateLimitsResponse")
                    .get("data")
                    .forEach(limit -> ((ObjectNode) limit).remove("id"));
              }));

  private static String report = "";
  private static List<Report.Line> lines = List.of();
  private static final Map<Outcome, Set<Boolean>> FAILING = new EnumMap<>(Outcome.class);

  @BeforeAll
  static void runTheSuite() throws IOException {
    assumeTrue(
        Contract.SETTINGS.mode() != Mode.EXTERNAL, "an external server mocks its own description");
    List<Change> all = Stream.concat(CHANGES.stream(), COMPATIBLE.stream()).toList();
    ChangedDescription changed =
        ChangedDescription.with(all.stream().map(Change::operation).toList());
    all.forEach(change -> change.apply().accept(changed));
    Path target = Settings.module().resolve("target");
    Contract contract = Contract.with(changed.writeTo(target.resolve("changed.json")));
    try (PrismServer prism = PrismServer.start(Contract.SETTINGS, contract.file())) {
      for (ContractCase each : cases(contract)) {
        boolean fails = fails(contract, each, prism);
        List<Report.Line> lines = contract.report().lines();
        FAILING
            .computeIfAbsent(lines.get(lines.size() - 1).outcome(), outcome -> new HashSet<>())
            .add(fails);
      }
      contract.report().write(target, "changed-report", contract.file(), prism.variant());
    }
    report = Files.readString(target.resolve("changed-report.md"));
    lines = contract.report().lines();
  }

  private static List<ContractCase> cases(Contract contract) {
    List<ContractCase> cases = new ArrayList<>();
    Success.all(contract).forEach(cases::add);
    PublishedMethod.all(contract).forEach(cases::add);
    NullProperty.all(contract).forEach(cases::add);
    Failure.all(contract).forEach(cases::add);
    GeneratedResponse.all(contract).forEach(cases::add);
    PageWalk.all(contract).forEach(cases::add);
    BrokenRequest.all(contract).forEach(cases::add);
    WebhookBody.all(contract).forEach(cases::add);
    return cases;
  }

  private static boolean fails(Contract contract, ContractCase each, PrismServer prism) {
    try {
      contract.check(each, prism);
      return false;
    } catch (AssertionError e) {
      return true;
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("changes")
  void change_isReported(Change change) {
    List<String> found = section(change.section());

    assertThat(found)
        .as("%s, under \"%s\"", change, change.section())
        .anySatisfy(
            line -> assertThat(line).startsWith("- " + change.start()).contains(change.text()));
  }

  static List<Change> changes() {
    return CHANGES;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("compatible")
  void compatibleChange_passes(Change change) {
    assertThat(lines)
        .filteredOn(line -> line.operation().equals(change.operation()))
        .as(change.name())
        .isNotEmpty()
        .allSatisfy(line -> assertThat(line.result()).as(line.variant()).isEqualTo("passed"));
  }

  static List<Change> compatible() {
    return COMPATIBLE;
  }

  @Test
  void mistakesOfTheDescription_areCountedSeparately() {
    long mistakes = lines.stream().filter(line -> line.outcome() == Outcome.MISTAKE).count();

    assertThat(report)
        .contains("\n- mistake of the description: " + mistakes + "\n")
        .contains("\n- Unresolvable references: 2\n")
        .containsPattern("\n- Public methods called: (\\d+) of \\1\n");
    assertThat(lines)
        .filteredOn(line -> line.outcome() == Outcome.MISTAKE)
        .extracting(Report.Line::operation)
        .containsOnly(
            "themeSets.list",
            "cases.create",
            "transactionTypes.retrieve",
            "report.ready",
            "case.created");
  }

  @Test
  void rejection_hasItsOwnReason() {
    assertThat(section(REJECTED))
        .filteredOn(line -> line.contains("security scheme"))
        .isNotEmpty()
        .allSatisfy(line -> assertThat(line).startsWith("- lists.list"));
  }

  @Test
  void onlyRejectedRequestsAndUnreadableResponses_failTheBuild() {
    assertThat(FAILING)
        .containsEntry(Outcome.PASSED, Set.of(false))
        .containsEntry(Outcome.UNKNOWN_PARTS, Set.of(false))
        .containsEntry(Outcome.REJECTED, Set.of(true))
        .containsEntry(Outcome.NOT_DECODED, Set.of(true))
        .containsEntry(Outcome.MISTAKE, Set.of(false))
        .doesNotContainKey(Outcome.FAILED);
  }

  /** Returns the lines below a heading of the report. */
  private static List<String> section(String title) {
    List<String> lines = new ArrayList<>();
    boolean inside = false;
    for (String line : report.split("\n", -1)) {
      inside = line.startsWith("## ") ? line.equals("## " + title) : inside;
      if (inside) {
        lines.add(line);
      }
    }
    return lines;
  }

  /** Replaces the form of an operation by an empty schema without encodings, and returns it. */
  private static ObjectNode form(ChangedDescription api, String operation) {
    ObjectNode content =
        (ObjectNode) api.operation(operation).at("/requestBody/content/multipart~1form-data");
    content.remove("encoding");
    return content.putObject("schema").put("type", "object");
  }

  /**
   * Replaces the form of an operation by nested parts, and returns the schema of its attributes.
   */
  private static ObjectNode nestedForm(ChangedDescription api, String operation) {
    ObjectNode attributes = addPart(addPart(form(api, operation), "data"), "attributes");
    addPart(attributes, "file").put("type", "string").put("format", "binary");
    addPart(attributes, "list-id").put("type", "string");
    return attributes;
  }

  /** Adds a required property to a schema. */
  private static ObjectNode addPart(ObjectNode schema, String name) {
    schema.withArrayProperty("required").add(name);
    return schema.withObjectProperty("properties").putObject(name);
  }

  /**
   * Adds a webhook with an event about a resource of a type, and returns the example of its body.
   */
  private static ObjectNode addEvent(ChangedDescription api, String name, String type) {
    ObjectNode content =
        api.object()
            .withObjectProperty("x-webhooks")
            .putObject(name)
            .putObject("post")
            .putObject("requestBody")
            .putObject("content")
            .putObject("application/json");
    ObjectNode event = addPart(addPart(content.putObject("schema"), "data"), "attributes");
    addPart(event, "payload").put("type", "object");
    String body =
        """
        {"data": {"type": "event", "id": "evt_1", "attributes": {"name": "%s",
          "created-at": "2026-01-14T09:31:07.250Z",
          "payload": {"data": {"type": "%s", "id": "x_1", "attributes": {}}}}}}
        """;
    content.set("example", Json.parse(body.formatted(name, type)));
    return (ObjectNode) content.get("example");
  }

  private static void without(ArrayNode names, String name) {
    for (int i = names.size() - 1; i >= 0; i--) {
      if (names.get(i).asText().equals(name)) {
        names.remove(i);
      }
    }
  }

  private static void rename(JsonNode object, String from, String to) {
    ((ObjectNode) object).set(to, ((ObjectNode) object).remove(from));
  }

  /**
   * A change of the description.
   *
   * @param name the change
   * @param operation the affected operation
   * @param section the heading of the report
   * @param start the start of its line in the report
   * @param text a part of its line in the report
   */
  record Change(
      String name,
      String operation,
      String section,
      String start,
      String text,
      Consumer<ChangedDescription> apply) {
    @Override
    public String toString() {
      return name;
    }
  }
}
