package io.github.persona4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.persona4j.testing.FakePersona;
import io.github.persona4j.testing.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ListEventsTest {
  private static final int EVENTS = 250;

  private FakePersona fake;
  private Terminal terminal;

  @BeforeEach
  void start() {
    fake = FakePersona.builder().events(EVENTS).start();
    terminal = new Terminal();
  }

  @AfterEach
  void stop() {
    fake.close();
  }

  @Test
  void noOptions_listEveryEventOnceAndTheCount() {
    assertThat(run()).isZero();

    assertThat(terminal.outLines()).hasSize(EVENTS + 1).last().isEqualTo("250 events");
    assertThat(events())
        .doesNotHaveDuplicates()
        .allMatch(
            line ->
                line.matches(
                    "evt_\\w+ +[a-z]+\\.[a-z-]+ +2024-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ"));
    assertThat(terminal.errLines()).isEmpty();
    assertThat(fake.requests()).hasSize(3);
  }

  @Test
  void payload_isNotRequested() {
    run("--limit", "1");

    assertThat(fake.requests().get(0).queryParameter("fields[event]")).isEqualTo("name,created-at");
  }

  @Test
  void noEvents_printACountOfZero() {
    try (FakePersona empty = FakePersona.builder().events(0).start()) {
      assertThat(runAgainst(empty.baseUrl(), empty.apiKey())).isZero();
    }

    assertThat(terminal.outLines()).containsExactly("0 events");
  }

  @Test
  void pageSize_isSentWithEveryRequest() {
    assertThat(run("--page-size", "50")).isZero();

    assertThat(events()).hasSize(EVENTS);
    assertThat(fake.requests())
        .hasSize(5)
        .allMatch(request -> "50".equals(request.queryParameter("page[size]")));
  }

  @ParameterizedTest
  @CsvSource({"1,1 event", "7,7 events", "120,120 events"})
  void limit_endsTheList(int limit, String count) {
    assertThat(run("--limit=" + limit)).isZero();

    assertThat(terminal.outLines()).hasSize(limit + 1).last().isEqualTo(count);
  }

  @Test
  void limitOfZero_makesNoRequest() {
    assertThat(run("--limit", "0")).isZero();

    assertThat(terminal.outLines()).containsExactly("0 events");
    assertThat(fake.requests()).isEmpty();
  }

  @Test
  void name_listsOnlyEventsWithThatName() {
    assertThat(run("--name", "inquiry.approved", "--page-size", "2")).isZero();

    assertThat(events())
        .hasSizeGreaterThan(2)
        .allMatch(line -> line.contains(" inquiry.approved "));
  }

  @Test
  void unknownName_isNotAnError() {
    assertThat(run("--name", "inquiry.unheard-of")).isZero();

    assertThat(terminal.outLines()).containsExactly("0 events");
  }

  @Test
  void after_startsAfterThatEvent() {
    run();
    List<String> all = events();
    String oldestSkipped = all.get(99);
    String cursor = oldestSkipped.substring(0, oldestSkipped.indexOf(' '));
    terminal = new Terminal();

    assertThat(run("--after=" + cursor)).isZero();

    assertThat(events()).isEqualTo(all.subList(100, EVENTS));
  }

  @Test
  void longRun_printsItsProgressToStderr() {
    try (FakePersona large = FakePersona.builder().events(2_500).start()) {
      assertThat(runAgainst(large.baseUrl(), large.apiKey())).isZero();
    }

    assertThat(terminal.errLines()).containsExactly("1000 events so far", "2000 events so far");
    assertThat(terminal.outLines()).hasSize(2_501);
  }

  @Test
  void noKey_usesAFakeAndReportsIt() {
    int status = run(Map.of(), "--fake-events", "12");

    assertThat(status).isZero();
    assertThat(terminal.outLines()).hasSize(13).last().isEqualTo("12 events");
    assertThat(terminal.errLines())
        .containsExactly(
            "PERSONA_API_KEY is not set: using an in-process fake of the API with invented data");
  }

  @Test
  void baseUrlWithoutKey_isReportedAsIgnored() {
    int status = run(Map.of("PERSONA_BASE_URL", fake.baseUrl()), "--limit=1");

    assertThat(status).isZero();
    assertThat(terminal.errLines())
        .singleElement()
        .asString()
        .contains("PERSONA_BASE_URL is ignored");
    assertThat(fake.requests()).isEmpty();
  }

  @Test
  void wrongKey_isOneLineThatDoesNotShowIt() {
    int status = runAgainst(fake.baseUrl(), "persona_sandbox_wrong");

    assertThat(status).isEqualTo(1);
    assertThat(terminal.outLines()).isEmpty();
    assertThat(terminal.errLines())
        .singleElement()
        .asString()
        .startsWith(
            "ListEvents: GET /api/v1/events failed with 401; check the API key (a sandbox key")
        .endsWith("(check PERSONA_API_KEY)")
        .doesNotContain("persona_sandbox_wrong");
  }

  @Test
  void unknownHost_isOneLineThatNamesIt() {
    int status = runAgainst("https://persona.invalid/api/v1", "persona_sandbox_any");

    assertThat(status).isEqualTo(1);
    assertThat(terminal.outLines()).isEmpty();
    assertThat(terminal.errLines()).singleElement().asString().contains("persona.invalid");
  }

  @Test
  void failureOnALaterPage_isOneLineAfterTheEventsSoFar() {
    fake.failNext(Fault.none(), Fault.status(500));

    assertThat(run()).isEqualTo(1);

    assertThat(terminal.outLines()).hasSize(100);
    assertThat(terminal.errLines()).singleElement().asString().contains("failed with 500");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--page-size 0    | --page-size must be an integer from 1 to 100",
        "--page-size 101  | --page-size must be an integer from 1 to 100",
        "--limit -1       | --limit must be an integer of 0 or more",
        "--limit ten      | --limit must be an integer of 0 or more",
        "--limit          | --limit needs a value",
        "--limit --name x | --limit needs a value",
        "--name=          | --name needs a value",
        "--size 3         | there is no option --size; --help lists them",
        "persona_key      | every argument must be the value of an option; --help lists them"
      })
  void invalidOption_isOneLine(String arguments, String message) {
    assertThat(run(arguments.split(" "))).isEqualTo(2);

    assertThat(terminal.outLines()).isEmpty();
    assertThat(terminal.errLines()).containsExactly("ListEvents: " + message);
    assertThat(fake.requests()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"elsewhere", "http://api.example.com", "https://a.example/?x=1"})
  void invalidBaseUrl_isOneLine(String baseUrl) {
    assertThat(runAgainst(baseUrl, "persona_sandbox_any")).isEqualTo(2);

    assertThat(terminal.errLines())
        .singleElement()
        .asString()
        .startsWith("ListEvents: PERSONA_API_KEY or PERSONA_BASE_URL is invalid: baseUrl must");
  }

  @Test
  void help_listsEveryOptionAndSendsNothing() {
    assertThat(run("--help")).isZero();

    assertThat(String.join("\n", terminal.outLines()))
        .contains("--page-size", "--limit", "--name", "--after", "--help", "PERSONA_API_KEY");
    assertThat(terminal.errLines()).isEmpty();
    assertThat(fake.requests()).isEmpty();
  }

  /** Returns the lines without the count at the end. */
  private List<String> events() {
    List<String> lines = new ArrayList<>(terminal.outLines());
    lines.remove(lines.size() - 1);
    return lines;
  }

  private int run(String... arguments) {
    return runAgainst(fake.baseUrl(), fake.apiKey(), arguments);
  }

  private int runAgainst(String baseUrl, String key, String... arguments) {
    return run(Map.of("PERSONA_BASE_URL", baseUrl, "PERSONA_API_KEY", key), arguments);
  }

  private int run(Map<String, String> environment, String... arguments) {
    return ListEvents.run(List.of(arguments), environment, terminal.out, terminal.err);
  }
}
