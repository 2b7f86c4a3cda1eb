package io.github.persona4j.contract;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Provides tests with the Prism server of the test run as a parameter. It is started for the first
 * test and closed by JUnit after the last.
 */
final class RunningPrism implements ParameterResolver {
  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == PrismServer.class;
  }

  @Override
  public PrismServer resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(Namespace.create(RunningPrism.class))
        .computeIfAbsent(Attempt.class, key -> Attempt.start(), Attempt.class)
        .server();
  }

  /** A failed start is stored, too, so that it is not repeated for every test. */
  private record Attempt(@Nullable PrismServer prism, @Nullable RuntimeException failure)
      implements AutoCloseable {

    static Attempt start() {
      long start = System.nanoTime();
      try {
        PrismServer prism = PrismServer.start(Contract.SETTINGS, Contract.RUN.file());
        System.out.printf(
            "[contract] Prism (%s) at %s after %d ms, description %s, %d operations of ours%n",
            prism.variant(),
            prism.baseUrl(),
            (System.nanoTime() - start) / 1_000_000,
            Contract.RUN.file(),
            Contract.RUN.shared().size());
        return new Attempt(prism, null);
      } catch (RuntimeException e) {
        return new Attempt(null, e);
      }
    }

    PrismServer server() {
      if (prism == null) {
        throw new IllegalStateException("Prism could not be started", failure);
      }
      return prism;
    }

    @Override
    public void close() {
      if (prism != null) {
        prism.close();
        Contract.RUN
            .report()
            .write(
                Settings.module().resolve("target"),
                "contract-report",
                Contract.RUN.file(),
                prism.variant());
      }
    }
  }
}
