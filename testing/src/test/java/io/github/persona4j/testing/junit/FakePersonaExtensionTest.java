package io.github.persona4j.testing.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.github.persona4j.testing.FakePersona;
import java.lang.reflect.Proxy;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

class FakePersonaExtensionTest {
  private static final List<FakePersona> FAKES = new ArrayList<>();
  private static boolean failing;

  @ExtendWith(FakePersonaExtension.class)
  static class WithDefaults {
    @Test
    void first(FakePersona persona) throws Exception {
      FAKES.add(persona);
      assertThat(status(persona)).isEqualTo(200);
    }

    @Test
    void second(FakePersona persona) {
      FAKES.add(persona);
    }
  }

  static class WithSettings {
    @RegisterExtension
    static final FakePersonaExtension PERSONA =
        FakePersonaExtension.with(builder -> builder.apiKey("persona_sandbox_own"));

    @Test
    void test(FakePersona persona) {
      assertThat(persona.apiKey()).isEqualTo("persona_sandbox_own");
    }
  }

  @ExtendWith(FakePersonaExtension.class)
  static class Failing {
    @Test
    void test(FakePersona persona) throws Exception {
      assumeTrue(failing, "only as a part of another test");
      assertThat(status(persona)).isEqualTo(500);
    }
  }

  private static int status(FakePersona persona) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(persona.baseUrl() + "/events"))
            .header("Authorization", "Bearer " + persona.apiKey())
            .build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.discarding()).statusCode();
  }

  /** The results and the report of the tests of a class. */
  private static final class Results implements TestExecutionListener {
    private final List<TestExecutionResult.Status> statuses = new ArrayList<>();
    private final List<String> reports = new ArrayList<>();

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
      if (test.isTest()) {
        statuses.add(result.getStatus());
      }
    }

    @Override
    public void reportingEntryPublished(TestIdentifier test, ReportEntry entry) {
      reports.add(entry.getKeyValuePairs().get("FakePersona"));
    }
  }

  private static Results run(Class<?> tests) {
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request().selectors(selectClass(tests)).build();
    Results results = new Results();
    LauncherFactory.create().execute(request, results);
    return results;
  }

  @Test
  void eachTest_hasAFakeOfItsOwnThatIsClosedAfterwards() {
    FAKES.clear();
    Results results = run(WithDefaults.class);

    assertThat(results.statuses)
        .containsExactly(
            TestExecutionResult.Status.SUCCESSFUL, TestExecutionResult.Status.SUCCESSFUL);
    assertThat(results.reports).isEmpty();
    assertThat(FAKES).hasSize(2).doesNotHaveDuplicates();
    for (FakePersona persona : FAKES) {
      assertThat(catchThrowable(() -> status(persona))).isInstanceOf(ConnectException.class);
    }
  }

  @Test
  void settings_areThoseOfTheField() {
    assertThat(run(WithSettings.class).statuses)
        .containsExactly(TestExecutionResult.Status.SUCCESSFUL);
  }

  @Test
  void failedTest_hasTheStateInItsReport() {
    failing = true;
    Results results = run(Failing.class);
    failing = false;

    assertThat(results.statuses).containsExactly(TestExecutionResult.Status.FAILED);
    assertThat(results.reports)
        .singleElement()
        .satisfies(state -> assertThat(state).contains("GET /api/v1/events"));
  }

  @Test
  @SuppressWarnings("NullAway") // the settings break their rule
  void settingsThatReturnNull_areRejected() {
    ExtensionContext context =
        (ExtensionContext)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {ExtensionContext.class},
                (proxy, method, arguments) -> null);
    FakePersonaExtension extension = FakePersonaExtension.with(builder -> null);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> extension.beforeEach(context))
        .withMessage("settings must not return null");
  }
}
