package io.github.persona4j.contract;

import io.github.persona4j.contract.Operation.DocumentedResponse;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;

/**
 * The client, generated from our description, and a mocked description: the operations in both, and
 * the results of the cases. Thread-safe.
 */
final class Contract {
  static final Settings SETTINGS = Settings.read();

  private static final OkHttpClient HTTP =
      new OkHttpClient.Builder()
          // No idle connections: Prism closes them, which a client under load notices too late.
          .connectionPool(new ConnectionPool(0, 1, TimeUnit.SECONDS))
          .build();
  private static final Description OUR_DESCRIPTION = Description.read(SETTINGS.ours());
  private static final List<Operation> OURS = Operations.of(OUR_DESCRIPTION);
  private static final Set<String> OPEN_SCHEMAS = OUR_DESCRIPTION.openSchemas();

  /** The contract of this test run. */
  static final Contract RUN =
      new Contract(SETTINGS.mocked(), SETTINGS.mocked().equals(SETTINGS.ours()));

  private final Path file;
  private final boolean ofOurs;
  private final Description mocked;
  private final List<Operation> shared;
  private final Report report;
  private final CalledMethods methods;
  private final DescriptionMistakes mistakes;

  private Contract(Path file, boolean ofOurs) {
    this.file = file;
    this.ofOurs = ofOurs;
    this.mocked = ofOurs ? OUR_DESCRIPTION : Description.read(file);
    List<Operation> theirs = ofOurs ? OURS : Operations.of(mocked);
    this.shared = shared(theirs);
    this.methods = new CalledMethods(shared);
    this.mistakes = new DescriptionMistakes(mocked);
    this.report = new Report(Differences.between(OURS, theirs), mocked.unresolvable(), methods);
  }

  /** Returns a contract with another description of the API. */
  static Contract with(Path file) {
    return new Contract(file, false);
  }

  /** Returns the operations from which the client was generated. */
  static List<Operation> ours() {
    return OURS;
  }

  /** Returns the description from which the client was generated. */
  static Description ourDescription() {
    return OUR_DESCRIPTION;
  }

  /** Returns the names of the models in which unknown properties are expected. */
  static Set<String> openSchemas() {
    return OPEN_SCHEMAS;
  }

  /** Returns an HTTP client that is independent of the client under test. */
  static OkHttpClient plainHttp() {
    return HTTP;
  }

  /** Returns the file of the mocked description. */
  Path file() {
    return file;
  }

  /** Returns whether our description is mocked, in which case no difference is allowed. */
  boolean isOfOurs() {
    return ofOurs;
  }

  /** Returns the mocked description. */
  Description mocked() {
    return mocked;
  }

  /**
   * Returns the operations in both descriptions, with requests of our description and responses of
   * the mocked description.
   */
  List<Operation> shared() {
    return shared;
  }

  /** Returns the results of the cases so far. */
  Report report() {
    return report;
  }

  /**
   * Runs a case and records its result.
   *
   * @throws AssertionError if the result fails the build
   */
  void check(ContractCase each, PrismServer prism) {
    CaseContext context = new CaseContext(this, prism);
    long start = System.nanoTime();
    Throwable failure = null;
    try {
      each.check(context);
    } catch (IOException | RuntimeException | AssertionError e) {
      String mistake = ofOurs ? null : mistakes.causeOf(e, each, prism);
      failure = mistake == null ? e : new ContractViolation(Outcome.MISTAKE, mistake);
    }
    Report.Line line =
        report.add(
            each, context, failure, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
    if (line.outcome().fails(ofOurs)) {
      throw new AssertionError(each + ": " + line.result(), failure);
    }
  }

  /** Returns the public methods of the generated classes, and which of them were called. */
  CalledMethods methods() {
    return methods;
  }

  private static List<Operation> shared(List<Operation> theirs) {
    Map<String, Operation> byKey = new LinkedHashMap<>();
    theirs.forEach(operation -> byKey.put(operation.key(), operation));
    List<Operation> shared = new ArrayList<>();
    for (Operation our : OURS) {
      Operation their = byKey.get(our.key());
      if (their != null) {
        shared.add(our.withResponses(acceptedResponses(our, their)));
      }
    }
    return List.copyOf(shared);
  }

  /**
   * Returns the documented responses; if several have the same status, the one that the client
   * accepts.
   */
  private static List<DocumentedResponse> acceptedResponses(Operation our, Operation their) {
    List<DocumentedResponse> responses = new ArrayList<>();
    for (DocumentedResponse response : their.responses()) {
      boolean expected = our.responses().stream().anyMatch(response::isOfKind);
      boolean another =
          their.responses().stream()
              .filter(other -> other.status() == response.status())
              .anyMatch(other -> our.responses().stream().anyMatch(other::isOfKind));
      if (expected || !another) {
        responses.add(response);
      }
    }
    return responses;
  }
}
