package io.github.persona4j.testing.internal.access;

import io.github.persona4j.testing.internal.http.ApiFailure;
import io.github.persona4j.testing.internal.http.Query;
import io.github.persona4j.testing.internal.json.Json;
import io.github.persona4j.testing.internal.operation.OperationCall;
import io.github.persona4j.testing.internal.operation.OperationResult;
import io.github.persona4j.testing.internal.operation.Operations;
import io.github.persona4j.testing.internal.store.ObjectStore;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The operations of OAuth: codes, and tokens for a code or a signed assertion. Thread-safe. */
public final class OauthOperations {
  private static final String ASSERTION_TYPE =
      "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
  private static final Duration CODE_LIFETIME = Duration.ofMinutes(15);
  private static final Duration CODE_TOKEN_LIFETIME = Duration.ofSeconds(3599);
  private static final Duration CLIENT_TOKEN_LIFETIME = Duration.ofMinutes(15);

  private final ObjectStore store;
  private final InstantSource clock;
  private final Map<String, PublicKey> clients;
  private final AccessTokens codes;
  private final AccessTokens tokens;
  private final Set<String> usedAssertions = ConcurrentHashMap.newKeySet();

  /**
   * Creates the operations.
   *
   * @param clients the keys of the applications by their ids; if empty, any application and any
   *     signature is accepted
   */
  public OauthOperations(ObjectStore store, InstantSource clock, Map<String, PublicKey> clients) {
    this.store = store;
    this.clock = clock;
    this.clients = Map.copyOf(clients);
    this.codes = new AccessTokens(clock);
    this.tokens = new AccessTokens(clock);
  }

  /** Registers the operations. */
  public void register(Operations operations) {
    operations.on("oauth.authorize", this::authorize);
    operations.on("oauth.createToken", this::token);
  }

  /** Returns whether a token was issued and has not expired. */
  public boolean accepts(String token) {
    return tokens.isValid(token);
  }

  private OperationResult authorize(OperationCall call) {
    Query form = Query.parse(call.request().bodyText());
    if (!required(form, "response-type").equals("code")) {
      throw ApiFailure.badRequest("The response-type must be code.");
    }
    String client = required(form, "client-id");
    if (!clients.isEmpty() && !clients.containsKey(client)) {
      throw ApiFailure.badRequest("There is no such client-id.");
    }
    String code = store.newId("oac");
    codes.issue(code, required(form, "scope"), CODE_LIFETIME);
    return OperationResult.document(
        Json.object("code", code, "expires-in", CODE_LIFETIME.toSeconds()));
  }

  private OperationResult token(OperationCall call) {
    Query form = Query.parse(call.request().bodyText());
    return switch (required(form, "grant-type")) {
      case "authorization_code" -> tokenForCode(form);
      case "client_credentials" -> tokenForAssertion(form);
      default ->
          throw ApiFailure.badRequest(
              "The grant type must be authorization_code or client_credentials.");
    };
  }

  private OperationResult tokenForCode(Query form) {
    String scope = codes.redeem(required(form, "code"));
    if (scope == null) {
      throw ApiFailure.badRequest("The code is unknown, was used, or has expired.");
    }
    return issue("oac_token", scope, CODE_TOKEN_LIFETIME);
  }

  private OperationResult tokenForAssertion(Query form) {
    if (!required(form, "client-assertion-type").equals(ASSERTION_TYPE)) {
      throw ApiFailure.badRequest("The client_assertion_type must be " + ASSERTION_TYPE + ".");
    }
    ClientAssertion assertion = ClientAssertion.parse(required(form, "client-assertion"));
    if (assertion == null) {
      throw unauthorized("The assertion must be a JWT.");
    }
    // Clients sign with the time of their machine, also if a test has moved the clock of the fake.
    String error = assertion.error(clock.instant());
    if (error != null && assertion.error(Instant.now()) != null) {
      throw unauthorized(error);
    }
    PublicKey key = clients.get(assertion.clientId());
    if (!clients.isEmpty() && (key == null || !assertion.isSignedBy(key))) {
      throw unauthorized("The assertion is not signed by a known application.");
    }
    if (!usedAssertions.add(assertion.clientId() + " " + assertion.id())) {
      throw unauthorized("The assertion was used before.");
    }
    String scope = form.get("scope");
    return issue("oat", scope == null ? "" : scope, CLIENT_TOKEN_LIFETIME);
  }

  private OperationResult issue(String prefix, String scope, Duration lifetime) {
    String token = store.newId(prefix);
    tokens.issue(token, scope, lifetime);
    return OperationResult.document(
        Json.object(
            "access-token",
            token,
            "expires-in",
            lifetime.toSeconds(),
            "scope",
            scope,
            "token-type",
            "bearer"));
  }

  private static ApiFailure unauthorized(String details) {
    return ApiFailure.of(401, "Not authenticated", details);
  }

  private static String required(Query form, String name) {
    String value = form.get(name);
    if (value == null || value.isEmpty()) {
      throw ApiFailure.badRequest("The form must have a value " + name + ".");
    }
    return value;
  }
}
