package io.github.persona4j.testing.junit;

import io.github.persona4j.testing.FakePersona;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Starts a {@link FakePersona} before each test and closes it afterwards. Methods get it as a
 * parameter. If a test fails, the report of the test has the state of the fake.
 * <!-- code: examples/src/test/java/io/github/persona4j/examples/JavadocExamplesTest.java#fake-persona-extension -->
 *
 * <pre>{@code
 * @ExtendWith(FakePersonaExtension.class)
 * static class InquiriesTest {
 *   @Test
 *   void newInquiry_isListed(FakePersona fake) {
 *     assertThat(fake.ids("inquiry")).isNotEmpty();
 *   }
 * }
 * }</pre>
 *
 * <p>With settings of its own, a test registers it as a field:
 * <!-- code: examples/src/test/java/io/github/persona4j/examples/TestingSnippets.java#assertions-and-junit-2 -->
 *
 * <pre>{@code
 * @RegisterExtension
 * static final FakePersonaExtension FAKE =
 *     FakePersonaExtension.with(builder -> builder.rateLimit(100));
 * }</pre>
 *
 * <p>Thread-safe: tests that run at the same time have a fake each.
 */
@SuppressWarnings("exports") // JUnit is optional, and who uses this class has it
public final class FakePersonaExtension
    implements BeforeEachCallback, AfterEachCallback, ParameterResolver {
  private static final Namespace NAMESPACE = Namespace.create(FakePersonaExtension.class);

  private final UnaryOperator<FakePersona.Builder> settings;

  /** Creates an extension that starts fakes with the defaults. */
  public FakePersonaExtension() {
    this(UnaryOperator.identity());
  }

  private FakePersonaExtension(UnaryOperator<FakePersona.Builder> settings) {
    this.settings = settings;
  }

  /**
   * Returns an extension that starts fakes with other settings.
   *
   * @param settings called for each test; must not return null
   */
  public static FakePersonaExtension with(UnaryOperator<FakePersona.Builder> settings) {
    return new FakePersonaExtension(Objects.requireNonNull(settings, "settings"));
  }

  /** Starts the fake. */
  @Override
  public void beforeEach(ExtensionContext context) {
    FakePersona.Builder builder = settings.apply(FakePersona.builder());
    if (builder == null) {
      throw new IllegalArgumentException("settings must not return null");
    }
    store(context).put(FakePersona.class, builder.start());
  }

  /** Adds the state of the fake to the report of a failed test, and closes the fake. */
  @Override
  public void afterEach(ExtensionContext context) {
    FakePersona persona = store(context).remove(FakePersona.class, FakePersona.class);
    if (persona != null) {
      if (context.getExecutionException().isPresent()) {
        context.publishReportEntry("FakePersona", persona.describe());
      }
      persona.close();
    }
  }

  /** Returns whether a parameter of a test is the fake. */
  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == FakePersona.class;
  }

  /** Returns the fake of the test. */
  @Override
  public FakePersona resolveParameter(ParameterContext parameter, ExtensionContext context) {
    FakePersona persona = store(context).get(FakePersona.class, FakePersona.class);
    if (persona == null) {
      throw new IllegalStateException("there is a FakePersona only in methods of a test");
    }
    return persona;
  }

  private static ExtensionContext.Store store(ExtensionContext context) {
    return context.getStore(NAMESPACE);
  }
}
