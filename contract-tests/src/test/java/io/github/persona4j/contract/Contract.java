package io.github.persona4j.contract;

import io.github.persona4j.PersonaClient;
import io.github.persona4j.RetryPolicy;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * What all tests of a run share: our description, the one that is mocked, and connections.
 *
 * <p>Operations of the mocked description go by the names that ours has for them.
 */
final class Contract {
  static final Settings SETTINGS = Settings.read();

  private static final OkHttpClient HTTP =
      new OkHttpClient.Builder()
          // Shorter than Prism keeps an idle connection open.
          .connectionPool(new ConnectionPool(5, 3, TimeUnit.SECONDS))
          .build();
  private static final Description OUR_DESCRIPTION = Description.read(SETTINGS.ours());
  private static final List<Operation> OURS = Operations.of(OUR_DESCRIPTION);
  private static final List<Operation> MOCKED =
      SETTINGS.mocked().equals(SETTINGS.ours())
          ? OURS
          : Operations.of(Description.read(SETTINGS.mocked()));

  /** What came out of the calls so far. */
  static final Report REPORT = new Report();

  private Contract() {}

  /** The operations that the client was generated from. */
  static List<Operation> ours() {
    return OURS;
  }

  /** The operations that Prism mocks. */
  static List<Operation> mocked() {
    return MOCKED;
  }

  /** The mocked operations that we have as well, by our operationId. */
  static Map<String, Operation> shared() {
    Map<String, Operation> byKey = new LinkedHashMap<>();
    MOCKED.forEach(operation -> byKey.put(operation.key(), operation));
    Map<String, Operation> shared = new LinkedHashMap<>();
    for (Operation our : OURS) {
      Operation mocked = byKey.get(our.key());
      if (mocked != null) {
        shared.put(our.id(), mocked);
      }
    }
    return shared;
  }

  /** A mocked operation by our operationId. */
  static Operation operation(String id) {
    Operation operation = shared().get(id);
    if (operation == null) {
      throw new AssertionError("The mocked description has no " + id);
    }
    return operation;
  }

  /** The description that the client was generated from. */
  static Description ourDescription() {
    return OUR_DESCRIPTION;
  }

  /** The models in which unknown properties are meant to be. */
  static Set<String> openSchemas() {
    return OUR_DESCRIPTION.openSchemas();
  }

  static Exchange exchange(PrismServer prism) {
    return new Exchange(prism, MOCKED);
  }

  /** A client whose calls go through an exchange. */
  static PersonaClient client(PrismServer prism, Exchange exchange) {
    return PersonaClient.builder()
        .apiKey("persona_sandbox_contract-tests")
        .baseUrl(prism.baseUrl())
        // Each case is one request, and wants to see what came of it.
        .retryPolicy(RetryPolicy.none())
        .httpClient(
            HTTP.newBuilder()
                .addInterceptor(exchange)
                .addNetworkInterceptor(new BasePaths(prism, OURS))
                .build())
        .build();
  }

  /** Connections without any client in front of them. */
  static OkHttpClient plainHttp() {
    return HTTP;
  }

  /** Calls an operation through the client. */
  static @Nullable Object call(
      PrismServer prism, Exchange exchange, String operationId, Arguments arguments) {
    try (PersonaClient client = client(prism, exchange)) {
      return OperationCaller.call(client, operationId, arguments);
    }
  }

  /** Calls an operation through the client without one of its arguments. */
  static @Nullable Object callWithout(
      PrismServer prism, Exchange exchange, String operationId, Arguments arguments, int index) {
    try (PersonaClient client = client(prism, exchange)) {
      return OperationCaller.callWithout(client, operationId, arguments, index);
    }
  }
}
