package io.github.persona4j.drift;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The program: its arguments, reports and exit status. */
class DriftTest {
  private static final String OLD =
      """
      openapi: 3.0.3
      paths:
        /inquiries/{inquiry-id}/approve:
          post:
            parameters:
              - {name: inquiry-id, in: path, required: true, schema: {type: string}}
            responses:
              '200':
                content:
                  application/json:
                    schema: {type: object, properties: {data: {$ref: '#/components/schemas/Inquiry'}}}
        /inquiries:
          get:
            parameters:
              - {name: page, in: query, style: deepObject, schema: {type: object, properties: {size: {type: integer}}}}
            responses: {}
      components:
        schemas:
          Inquiry:
            type: object
            properties:
              type: {type: string, enum: [inquiry]}
              attributes:
                type: object
                properties: {note: {type: string}, status: {type: string, enum: [created]}}
      """;

  private static final String NEW =
      """
      openapi: 3.1.0
      paths:
        /inquiries:
          get:
            parameters:
              - {name: 'page[size]', in: query, schema: {type: integer}}
              - {name: 'page[at]', in: query, schema: {type: string}}
            responses: {}
        /inquiries/{id}/approve:
          post:
            parameters:
              - {name: id, in: path, required: true, schema: {type: string}}
            responses:
              '200':
                content:
                  application/json:
                    schema: {type: object, properties: {data: {$ref: '#/components/schemas/Case'}}}
      components:
        schemas:
          Case:
            type: object
            properties:
              attributes:
                properties: {status: {enum: [pending, created]}}
                type: object
              type: {const: inquiry}
      """;

  @TempDir Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(String... arguments) {
    out.reset();
    err.reset();
    return new Drift(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8))
        .run(arguments);
  }

  private String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  private String file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  private JsonObject json(String... arguments) throws IOException {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add("--json=" + folder.resolve("out.json"));
    run(all.toArray(String[]::new));
    return JsonParser.parseString(Files.readString(folder.resolve("out.json"))).getAsJsonObject();
  }

  private static List<String> fingerprints(JsonObject report) {
    List<String> fingerprints = new ArrayList<>();
    for (JsonElement difference : report.getAsJsonArray("differences")) {
      fingerprints.add(difference.getAsJsonObject().get("fingerprint").getAsString());
    }
    return fingerprints;
  }

  @Test
  void differences_areInMarkdownWithTheWorstFirst() throws IOException {
    assertThat(run(file("old.yaml", OLD), file("new.yaml", NEW))).isEqualTo(1);
    assertThat(out())
        .contains("| breaking | 1 |", "| needs release | 1 |", "| tolerated | 1 |")
        .containsSubsequence("## Breaking", "`inquiry.note`", "## Needs release", "## Tolerated")
        .contains("| parameter-added | `GET /inquiries` | `query page[at]`: `string` |")
        .doesNotContain("Case");
    assertThat(err())
        .isEqualToIgnoringNewLines("drift: failed, because of 1 of 3 differences: breaking");
  }

  @Test
  void json_hasRulePlacesTypesAndVerdicts() throws IOException {
    JsonArray differences =
        json(file("old.yaml", OLD), file("new.yaml", NEW)).getAsJsonArray("differences");
    assertThat(differences).hasSize(3);
    JsonObject removed = differences.get(0).getAsJsonObject();
    assertThat(removed.get("rule").getAsString()).isEqualTo("attribute-removed");
    assertThat(removed.get("place").getAsString()).isEqualTo("inquiry.note");
    assertThat(removed.get("part").getAsString()).isEqualTo("attributes.note");
    assertThat(removed.get("from").getAsString()).isEqualTo("string");
    assertThat(removed.get("request").getAsString()).isEqualTo("none");
    assertThat(removed.get("response").getAsString()).isEqualTo("breaking");
    assertThat(removed.get("verdict").getAsString()).isEqualTo("breaking");
    assertThat(removed.get("touches").toString()).contains("InquiryAttributes.note()");
    assertThat(removed.get("operations").toString())
        .contains("POST /inquiries/{inquiry-id}/approve");
    assertThat(removed.get("fingerprint").getAsString()).matches("[0-9a-f]{12}");
    JsonObject added = differences.get(1).getAsJsonObject();
    assertThat(added.get("rule").getAsString()).isEqualTo("parameter-added");
    assertThat(added.get("touches").toString())
        .contains("client.inquiries().list(...)", "InquiriesApi.ListQuery (none yet)");
  }

  @Test
  void fingerprints_dependOnTheDifferenceOnly() throws IOException {
    String before = file("old.yaml", OLD);
    List<String> first = fingerprints(json(before, file("new.yaml", NEW)));
    String renamed =
        NEW.replace("Case", "Other")
            .replace("{id}", "{the-id}")
            .replace("name: id", "name: the-id");
    assertThat(fingerprints(json(before, file("renamed.yaml", renamed)))).isEqualTo(first);
    String other = NEW.replace("pending", "paused");
    assertThat(fingerprints(json(before, file("other.yaml", other))))
        .hasSameSizeAs(first)
        .isNotEqualTo(first)
        .contains(first.get(0), first.get(1));
  }

  @Test
  void ignoredDifference_isListedWithItsReasonAndDoesNotCount() throws IOException {
    String before = file("old.yaml", OLD);
    String after = file("new.yaml", NEW);
    String fingerprint = fingerprints(json(before, after)).get(0);
    String ignore =
        file("ignore.txt", "# comment\n\n" + fingerprint + "  known\n0123456789ab gone | now\n");
    assertThat(run("--ignore", ignore, before, after)).isZero();
    assertThat(out())
        .contains("## Ignored", "known | " + fingerprint)
        .contains("match nothing", "0123456789ab gone | now")
        .doesNotContain("## Breaking");
    assertThat(err()).contains("ignored, but not there: 0123456789ab gone | now");
    JsonObject report = json("--ignore", ignore, before, after);
    assertThat(report.getAsJsonArray("ignored")).hasSize(1);
    assertThat(report.getAsJsonArray("ignored").toString()).contains("\"reason\":\"known\"");
    assertThat(report.getAsJsonArray("unusedIgnores")).hasSize(1);
    assertThat(report.get("worst").getAsString()).isEqualTo("needs release");
  }

  @Test
  void sameChangeAtManyPlaces_isOneLineAndOneIgnoredEntry() throws IOException {
    StringBuilder paths = new StringBuilder("openapi: 3.0.3\npaths:\n");
    for (int i = 0; i < 10; i++) {
      paths.append("  /p").append(i).append(": {get: {responses: {'404': {}}}}\n");
    }
    String before = file("old.yaml", paths.toString());
    String after = file("new.yaml", paths.toString().replace("{}}}}", "{}, '408': {}}}}"));
    JsonObject report = json(before, after);
    assertThat(fingerprints(report)).hasSize(10).doesNotHaveDuplicates();
    run(before, after);
    assertThat(out().lines().filter(line -> line.startsWith("| error-status-added"))).hasSize(1);
    assertThat(out()).contains("<summary>10 places</summary>", "`GET /p0`", "`GET /p9`");
    String group =
        report.getAsJsonArray("differences").get(0).getAsJsonObject().get("group").getAsString();
    assertThat(out()).contains(group);
    String ignore = file("ignore.txt", group + " timeouts\n");
    assertThat(json("--ignore=" + ignore, before, after).getAsJsonArray("ignored")).hasSize(10);
  }

  @ParameterizedTest
  @CsvSource({"'abc reason', 1", "'0123456789ab', 1", "'# x\n0123456789AB upper case', 2"})
  void ignoreFileWithoutReason_isRefusedWithItsLine(String text, int line) throws IOException {
    String ignore = file("ignore.txt", text + "\n");
    assertThat(run("--ignore", ignore, file("a.yaml", OLD), file("b.yaml", OLD))).isEqualTo(2);
    assertThat(err()).contains("ignore.txt:" + line + ":", "a reason");
  }

  @Test
  void ignoreFileWithAnEntryTwice_isRefused() throws IOException {
    String ignore = file("ignore.txt", "0123456789ab a\n0123456789ab b\n");
    assertThat(run("--ignore", ignore, file("a.yaml", OLD), file("b.yaml", OLD))).isEqualTo(2);
    assertThat(err()).contains("ignore.txt:2", "twice");
  }

  @ParameterizedTest
  @CsvSource({
    "breaking, attributes, 1",
    "breaking, parameter, 0",
    "needs-release, parameter, 1",
    "needs-release, value, 0",
    "tolerated, value, 1",
    "tolerated, nothing, 0",
    "never, attributes, 0"
  })
  void exitStatus_isByTheWorstVerdict(String failOn, String change, int status) throws IOException {
    String changed =
        switch (change) {
          case "attributes" -> OLD.replace("note: {type: string}, ", "");
          case "parameter" -> OLD.replace("{size:", "{at: {type: string}, size:");
          case "value" -> OLD.replace("[created]", "[created, pending]");
          default -> OLD;
        };
    String before = file("old.yaml", OLD);
    assertThat(run("--fail-on", failOn, before, file("new.yaml", changed))).isEqualTo(status);
  }

  @Test
  void reportFolder_hasAllThree() throws Exception {
    Path reports = folder.resolve("reports");
    String before = file("old.yaml", OLD);
    String after = file("new.yaml", NEW.replace("note", "<&\">"));
    assertThat(run("--report", reports.toString(), before, after)).isEqualTo(1);
    assertThat(out()).isEmpty();
    assertThat(reports.resolve("drift.md")).isNotEmptyFile();
    assertThat(reports.resolve("drift.json")).isNotEmptyFile();
    org.w3c.dom.Element suite =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(reports.resolve("drift.xml").toFile())
            .getDocumentElement();
    assertThat(suite.getAttribute("tests")).isEqualTo("3");
    assertThat(suite.getAttribute("failures")).isEqualTo("1");
    assertThat(suite.getElementsByTagName("testcase").getLength()).isEqualTo(3);
    assertThat(suite.getElementsByTagName("failure").getLength()).isEqualTo(1);
  }

  @Test
  void junitWithoutDifference_hasOneTest() throws IOException {
    String same = file("a.yaml", OLD);
    Path xml = folder.resolve("drift.xml");
    assertThat(run("--junit", xml.toString(), same, same)).isZero();
    assertThat(Files.readString(xml)).contains("tests=\"1\" failures=\"0\"", "no difference");
    assertThat(out()).contains("No difference.");
  }

  @Test
  void problems_areListed() throws IOException {
    String broken = file("a.yaml", OLD.replace("schemas/Inquiry'", "schemas/Missing'"));
    run(broken, broken);
    assertThat(out()).contains("## Problems of the descriptions", "leads nowhere");
    assertThat(err()).contains("a.yaml:11");
  }

  @Test
  void help_describesArgumentsVerdictsAndStatus() {
    assertThat(run("-h")).isZero();
    assertThat(out()).isEqualTo(Options.HELP);
    assertThat(run("--help")).isZero();
    assertThat(out())
        .contains("Usage:", "--ignore", "--fail-on", "--report", "--json", "--junit", "--markdown")
        .contains("breaking", "needs release", "tolerated", "none", "Exit status");
  }

  @Test
  void wrongArguments_areRefused() throws IOException {
    String same = file("a.yaml", OLD);
    assertRefused("expected two descriptions");
    assertRefused("there are 1", same);
    assertRefused("there are 3", same, same, same);
    assertRefused("no option --fail", "--fail", "x", same, same);
    assertRefused("no option -x", "-x", same);
    assertRefused("not always", "--fail-on", "always", same, same);
    assertRefused("--ignore has no value", same, same, "--ignore");
    assertRefused("is empty", "--json=", same, same);
    assertRefused("no such file", same, folder.resolve("missing").toString());
    assertRefused("no such file", "--ignore", folder.resolve("missing").toString(), same, same);
    assertRefused("cannot write the report", "--json", same + "/x.json", same, same);
  }

  private void assertRefused(String message, String... arguments) {
    assertThat(run(arguments)).isEqualTo(2);
    assertThat(err()).startsWith("drift: ").contains(message);
  }
}
