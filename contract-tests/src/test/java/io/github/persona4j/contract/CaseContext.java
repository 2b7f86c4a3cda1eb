package io.github.persona4j.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.persona4j.PersonaClient;
import io.github.persona4j.RetryPolicy;
import io.github.persona4j.json.JsonModel;
import io.github.persona4j.json.UnknownParts;
import io.github.persona4j.json.UnknownParts.Kind;
import io.github.persona4j.json.UnknownParts.UnknownPart;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/** The context of a running case: Prism, a client, and its results. */
final class CaseContext {
  private static final Set<Kind> UNEXPECTED =
      EnumSet.of(Kind.UNEXPECTED_TYPE, Kind.UNEXPECTED_FORMAT);

  private final Contract contract;
  private final PrismServer prism;
  private final Exchange exchange;
  private final List<String> unknown = new ArrayList<>();
  private long accessors;

  CaseContext(Contract contract, PrismServer prism) {
    this.contract = contract;
    this.prism = prism;
    this.exchange = new Exchange(prism, contract.shared());
  }

  Contract contract() {
    return contract;
  }

  PrismServer prism() {
    return prism;
  }

  /** Returns the requests and responses of this case. */
  Exchange exchange() {
    return exchange;
  }

  /** Returns the unknown parts found so far. */
  List<String> unknown() {
    return unknown;
  }

  /** Returns the number of accessors compared with the JSON so far. */
  long accessors() {
    return accessors;
  }

  /** Returns an HTTP client through the exchange that is independent of the client under test. */
  OkHttpClient http() {
    return Contract.plainHttp().newBuilder().addInterceptor(exchange).build();
  }

  /**
   * Runs an action with a client whose calls go through the exchange.
   *
   * @param between interceptors between the client and the exchange
   */
  <T> T withClient(Function<PersonaClient, T> use, Interceptor... between) {
    OkHttpClient.Builder http = Contract.plainHttp().newBuilder();
    Stream.of(between).forEach(http::addInterceptor);
    http.addInterceptor(exchange);
    http.addNetworkInterceptor(new BasePaths(prism, Contract.ours()));
    try (PersonaClient client =
        PersonaClient.builder()
            .apiKey("persona_sandbox_contract-tests")
            .baseUrl(prism.baseUrl())
            // Each case is one request, whose result must not be retried.
            .retryPolicy(RetryPolicy.none())
            .httpClient(http.build())
            .build()) {
      return use.apply(client);
    }
  }

  /** Calls an operation through the client; returns null if it has no result. */
  @Nullable Object call(Operation operation, Arguments arguments) {
    return callWithout(operation, arguments, -1);
  }

  /** Calls an operation with null for the argument at an index. */
  @Nullable Object callWithout(Operation operation, Arguments arguments, int omitted) {
    return this.<@Nullable Object>withClient(
        client -> OperationCaller.callWithout(client, operation.id(), arguments, omitted));
  }

  /**
   * Compares a decoded model with its JSON: it is encoded to the same JSON, every accessor returns
   * its value, and unknown parts are recorded.
   */
  void checkDecoded(JsonModel model, String json) {
    checkDecoded(model, json, part -> true, UNEXPECTED);
  }

  /**
   * As {@link #checkDecoded(JsonModel, String)}, for a generated response. Unknown parts count only
   * if they are in the mocked description, since open schemas generate arbitrary properties. If its
   * schema allows any string and ours a date, the difference is recorded without failing.
   */
  void checkGenerated(JsonModel model, String json) {
    checkDecoded(
        model,
        json,
        part -> part.kind() == Kind.UNEXPECTED_FORMAT || contract.mocked().describes(part),
        EnumSet.of(Kind.UNEXPECTED_TYPE));
  }

  private void checkDecoded(
      JsonModel model, String json, Predicate<UnknownPart> counts, Set<Kind> unreadable) {
    assertThat(Json.differences(Json.parse(json), Json.parse(model.toJson())))
        .as("differences of the response")
        .isEmpty();
    List<String> unexpected = new ArrayList<>();
    for (UnknownPart part : UnknownParts.in(model, Contract.openSchemas())) {
      if (unreadable.contains(part.kind())) {
        unexpected.add(part.text());
      } else if (counts.test(part)) {
        unknown.add(part.text());
      }
    }
    AccessorCheck walk = AccessorCheck.of(model, Json.parse(json));
    accessors += walk.compared();
    unexpected.addAll(walk.differences());
    if (!unexpected.isEmpty()) {
      throw new ContractViolation(Outcome.NOT_DECODED, String.join("; ", unexpected));
    }
  }
}
