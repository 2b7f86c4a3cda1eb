package io.github.persona4j.contract;

import io.github.persona4j.contract.Operation.Answer;
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
 * The client, generated from our description, against a description that is mocked: the operations
 * that the two share, and what came out of the cases that were run. Thread-safe.
 */
final class Contract {
  static final Settings SETTINGS = Settings.read();

  private static final OkHttpClient HTTP =
      new OkHttpClient.Builder()
          // None is kept: Prism closes idle ones, which a client under load notices too late.
          .connectionPool(new ConnectionPool(0, 1, TimeUnit.SECONDS))
          .build();
  private static final Description OUR_DESCRIPTION = Description.read(SETTINGS.ours());
  private static final List<Operation> OURS = Operations.of(OUR_DESCRIPTION);
  private static final Set<String> OPEN_SCHEMAS = OUR_DESCRIPTION.openSchemas();

  /** The contract of this run of the tests. */
  static final Contract RUN =
      new Contract(SETTINGS.mocked(), SETTINGS.mocked().equals(SETTINGS.ours()));

  private final Path file;
  private final boolean ofOurs;
  private final Description mocked;
  private final List<Operation> shared;
  private final Report report;
  private final CalledMethods methods;
  private final Mistakes mistakes;

  private Contract(Path file, boolean ofOurs) {
    this.file = file;
    this.ofOurs = ofOurs;
    this.mocked = ofOurs ? OUR_DESCRIPTION : Description.read(file);
    List<Operation> theirs = ofOurs ? OURS : Operations.of(mocked);
    this.shared = shared(theirs);
    this.methods = new CalledMethods(shared);
    this.mistakes = new Mistakes(mocked);
    this.report = new Report(Differences.between(OURS, theirs), mocked.unresolvable(), methods);
  }

  /** A contract with another description of the same API. */
  static Contract with(Path file) {
    return new Contract(file, false);
  }

  /** The operations that the client was generated from. */
  static List<Operation> ours() {
    return OURS;
  }

  /** The description that the client was generated from. */
  static Description ourDescription() {
    return OUR_DESCRIPTION;
  }

  /** The models in which unknown properties are meant to be. */
  static Set<String> openSchemas() {
    return OPEN_SCHEMAS;
  }

  /** Connections without any client in front of them. */
  static OkHttpClient plainHttp() {
    return HTTP;
  }

  /** The description that Prism mocks. */
  Path file() {
    return file;
  }

  /** Whether our own description is mocked, which has to fit in every respect. */
  boolean isOfOurs() {
    return ofOurs;
  }

  /** The mocked description. */
  Description mocked() {
    return mocked;
  }

  /**
   * Our operations that the mocked description has as well: requests are as we describe them, and
   * answers as the mocked description does.
   */
  List<Operation> shared() {
    return shared;
  }

  /** What came out of the cases so far. */
  Report report() {
    return report;
  }

  /**
   * Runs a case and notes what came out of it.
   *
   * @throws AssertionError if that fails the build
   */
  void check(ContractCase each, PrismServer prism) {
    Trial trial = new Trial(this, prism);
    long start = System.nanoTime();
    Throwable failure = null;
    try {
      each.check(trial);
    } catch (IOException | RuntimeException | AssertionError e) {
      String mistake = ofOurs ? null : mistakes.behind(e, each, prism);
      failure = mistake == null ? e : new ContractViolation(Outcome.MISTAKE, mistake);
    }
    Report.Line line =
        report.add(each, trial, failure, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
    if (line.outcome().fails(ofOurs)) {
      throw new AssertionError(each + ": " + line.result(), failure);
    }
  }

  /** The public methods of the generated classes, and which of them were called. */
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
        shared.add(our.answering(answersToUs(our, their)));
      }
    }
    return List.copyOf(shared);
  }

  /** The answers that are documented, of several with one status the one that the client takes. */
  private static List<Answer> answersToUs(Operation our, Operation their) {
    List<Answer> answers = new ArrayList<>();
    for (Answer answer : their.answers()) {
      boolean expected = our.answers().stream().anyMatch(answer::isOfKind);
      boolean another =
          their.answers().stream()
              .filter(other -> other.status() == answer.status())
              .anyMatch(other -> our.answers().stream().anyMatch(other::isOfKind));
      if (expected || !another) {
        answers.add(answer);
      }
    }
    return answers;
  }
}
