package io.github.persona4j.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
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
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The suite over a description that differs from ours in known ways: the report names each of them,
 * and only those that break callers fail the build.
 */
class ChangedDescriptionTest {
  private static final String LACKS = "Operations that the description lacks";
  private static final String ADDS = "Operations that it adds";
  private static final String REFUSED = "Request refused";
  private static final String UNKNOWN = "Unknown parts";
  private static final String TYPES = "Content types that are others";
  private static final String NOT_DECODED = "Not decoded";

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
              "$.data.attributes.status: a number in place of text",
              api -> {
                api.schema("TransactionAttributes")
                    .withObject("/properties/status")
                    .put("type", "integer");
                api.attributes("TransactionResponse").put("status", 7);
              }),
          new Change(
              "a date that may be any text",
              "events.retrieve",
              UNKNOWN,
              "events.retrieve 200: ",
              "$.data.attributes.created-at: a text in place of date-time",
              api ->
                  api.schema("EventAttributes")
                      .withObject("/properties/created-at")
                      .remove("format")),
          new Change(
              "a new value of an open set",
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
              "a new property beside the data",
              "documents.retrieve",
              UNKNOWN,
              "documents.retrieve 200: ",
              "$.totals: unknown property of DocumentResponse",
              api -> api.example("DocumentResponse").putObject("totals").put("pages", 1)),
          new Change(
              "an answer without its data",
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
              REFUSED,
              "inquiries.create: ",
              "required property 'campaign'",
              api ->
                  api.schema("CreateInquiryRequest").withArrayProperty("required").add("campaign")),
          new Change(
              "a new required query parameter",
              "events.list",
              REFUSED,
              "events.list: ",
              "required property 'region'",
              api -> api.addParameter("events.list", "query", "region")),
          new Change(
              "a new required header",
              "reports.pause",
              REFUSED,
              "reports.pause: ",
              "required property 'persona-region'",
              api -> api.addParameter("reports.pause", "header", "Persona-Region")),
          new Change(
              "a narrower parameter",
              "userAuditLogs.list",
              REFUSED,
              "userAuditLogs.list: ",
              "page.size must be >= 50",
              api -> api.schema("CursorPage").withObject("/properties/size").put("minimum", 50)),
          new Change(
              "another content type of a body",
              "webhooks.create",
              REFUSED,
              "webhooks.create: ",
              "Supported content types: application/xml",
              api ->
                  rename(
                      api.operation("webhooks.create").at("/requestBody/content"),
                      "application/json",
                      "application/xml")),
          new Change(
              "another content type of an answer",
              "reports.retrieve",
              TYPES,
              "reports.retrieve 200: ",
              "application/vnd.api+json in place of application/json",
              api ->
                  rename(
                      api.answers("reports.retrieve").at("/200/content"),
                      "application/json",
                      "application/vnd.api+json")),
          new Change(
              "another way to authenticate",
              "lists.list",
              REFUSED,
              "lists.list: ",
              "security scheme",
              api -> {
                ObjectNode scheme = api.object("components", "securitySchemes").putObject("own");
                scheme.put("type", "apiKey").put("in", "header").put("name", "X-Own-Key");
                api.operation("lists.list").putArray("security").addObject().putArray("own");
              }),
          new Change(
              "an operation that is gone",
              "apiLogs.retrieve",
              LACKS,
              "apiLogs.retrieve, ",
              "GET /api-logs/{api-log-id}",
              api -> api.path("apiLogs.retrieve").removeAll()),
          new Change(
              "a new operation",
              "importers.retrieve",
              ADDS,
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
              ADDS,
              "devices.list, ",
              "GET /machines",
              api -> rename(api.paths(), "/devices", "/machines")),
          new Change(
              "an error that is gone",
              "webhooks.archive",
              "Statuses that it lacks",
              "webhooks.archive ",
              "409",
              api -> api.answers("webhooks.archive").remove("409")),
          new Change(
              "another status of a success",
              "workflows.retrieveRun",
              "Statuses that it adds",
              "workflows.retrieveRun ",
              "203",
              api -> rename(api.answers("workflows.retrieveRun"), "200", "203")));

  private static String report = "";
  private static final Map<Outcome, Set<Boolean>> FAILING = new EnumMap<>(Outcome.class);

  @BeforeAll
  static void runTheSuite() throws IOException {
    assumeTrue(Contract.SETTINGS.mode() != Mode.EXTERNAL, "the server mocks what it does");
    ChangedDescription changed =
        ChangedDescription.with(CHANGES.stream().map(Change::operation).toList());
    CHANGES.forEach(change -> change.make().accept(changed));
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
      contract.report().write(target, "changed-report", contract.file(), prism.way());
    }
    report = Files.readString(target.resolve("changed-report.md"));
  }

  private static List<ContractCase> cases(Contract contract) {
    List<ContractCase> cases = new ArrayList<>();
    Success.all(contract).forEach(cases::add);
    Failure.all(contract).forEach(cases::add);
    MadeUpAnswer.all(contract).forEach(cases::add);
    Walk.all(contract).forEach(cases::add);
    BrokenRequest.all(contract).forEach(cases::add);
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
  void change_isNamedInTheReport(Change change) {
    List<String> found = section(change.section());

    assertThat(found)
        .as("%s, under \"%s\"", change, change.section())
        .anySatisfy(
            line -> assertThat(line).startsWith("- " + change.start()).contains(change.text()));
  }

  static List<Change> changes() {
    return CHANGES;
  }

  @Test
  void refusal_namesItsOwnReason() {
    assertThat(section(REFUSED))
        .filteredOn(line -> line.contains("security scheme"))
        .isNotEmpty()
        .allSatisfy(line -> assertThat(line).startsWith("- lists.list"));
  }

  @Test
  void refusedRequestsAndUnreadableAnswers_failTheBuildAndNothingElseDoes() {
    assertThat(FAILING)
        .containsEntry(Outcome.PASSED, Set.of(false))
        .containsEntry(Outcome.UNKNOWN_PARTS, Set.of(false))
        .containsEntry(Outcome.REFUSED, Set.of(true))
        .containsEntry(Outcome.NOT_DECODED, Set.of(true))
        .doesNotContainKey(Outcome.FAILED);
  }

  /** The lines under a heading of the report. */
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

  private static void rename(JsonNode object, String from, String to) {
    ((ObjectNode) object).set(to, ((ObjectNode) object).remove(from));
  }

  /**
   * One change.
   *
   * @param name what is other than in our description
   * @param operation the operation that shows it
   * @param section the heading of the report that it stands under
   * @param start what its line starts with
   * @param text what its line says
   */
  record Change(
      String name,
      String operation,
      String section,
      String start,
      String text,
      Consumer<ChangedDescription> make) {
    @Override
    public String toString() {
      return name;
    }
  }
}
