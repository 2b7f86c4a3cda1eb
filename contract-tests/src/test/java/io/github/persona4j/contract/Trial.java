package io.github.persona4j.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.persona4j.PersonaClient;
import io.github.persona4j.RetryPolicy;
import io.github.persona4j.json.JsonModel;
import io.github.persona4j.json.Leftovers;
import io.github.persona4j.json.Leftovers.Kind;
import io.github.persona4j.json.Leftovers.Leftover;
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

/** What one case needs while it runs: Prism, a client, and a place for what it finds. */
final class Trial {
  private static final Set<Kind> MISFITS = EnumSet.of(Kind.MISFIT, Kind.FORM);

  private final Contract contract;
  private final PrismServer prism;
  private final Exchange exchange;
  private final List<String> unknown = new ArrayList<>();
  private long accessors;

  Trial(Contract contract, PrismServer prism) {
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

  /** What went over the wire in this case. */
  Exchange exchange() {
    return exchange;
  }

  /** What the models did not know so far. */
  List<String> unknown() {
    return unknown;
  }

  /** How many accessors of models were compared with the JSON so far. */
  long accessors() {
    return accessors;
  }

  /** Connections through the exchange, without any client in front of them. */
  OkHttpClient http() {
    return Contract.plainHttp().newBuilder().addInterceptor(exchange).build();
  }

  /**
   * Does something with a client whose calls go through the exchange.
   *
   * @param between what stands between the client and the exchange
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
            // Each case is one request, and wants to see what came of it.
            .retryPolicy(RetryPolicy.none())
            .httpClient(http.build())
            .build()) {
      return use.apply(client);
    }
  }

  /** Calls an operation through the client; null where it answers nothing. */
  @Nullable Object call(Operation operation, Arguments arguments) {
    return callWithout(operation, arguments, -1);
  }

  /** Calls an operation with null for the argument that is counted from 0. */
  @Nullable Object callWithout(Operation operation, Arguments arguments, int left) {
    return this.<@Nullable Object>withClient(
        client -> OperationCaller.callWithout(client, operation.id(), arguments, left));
  }

  /**
   * Holds a decoded model against the JSON that it comes from: it encodes back alike, every
   * accessor gives what the JSON has, and what the model does not know is noted.
   */
  void checkDecoded(JsonModel model, String json) {
    checkDecoded(model, json, leftover -> true, MISFITS);
  }

  /**
   * As the other, for an answer made up from schemas. What the models do not know counts only if
   * the mocked description names it, since where anything is allowed anything is made up. Where its
   * schema allows any text and ours a date, that is noted, but no value of the API.
   */
  void checkMadeUp(JsonModel model, String json) {
    checkDecoded(
        model,
        json,
        leftover -> leftover.kind() == Kind.FORM || contract.mocked().describes(leftover),
        EnumSet.of(Kind.MISFIT));
  }

  private void checkDecoded(
      JsonModel model, String json, Predicate<Leftover> counts, Set<Kind> unreadable) {
    assertThat(Json.differences(Json.parse(json), Json.parse(model.toJson())))
        .as("what the answer lost or changed")
        .isEmpty();
    List<String> misfits = new ArrayList<>();
    for (Leftover leftover : Leftovers.in(model, Contract.openSchemas())) {
      if (unreadable.contains(leftover.kind())) {
        misfits.add(leftover.text());
      } else if (counts.test(leftover)) {
        unknown.add(leftover.text());
      }
    }
    AccessorWalk walk = AccessorWalk.of(model, Json.parse(json));
    accessors += walk.compared();
    misfits.addAll(walk.differences());
    if (!misfits.isEmpty()) {
      throw new ContractViolation(Outcome.NOT_DECODED, String.join("; ", misfits));
    }
  }
}
