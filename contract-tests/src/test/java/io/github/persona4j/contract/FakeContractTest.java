package io.github.persona4j.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.persona4j.contract.Description.Node;
import io.github.persona4j.contract.FakeRequests.Result;
import io.github.persona4j.contract.Operation.DocumentedResponse;
import io.github.persona4j.testing.FakePersona;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The responses of the fake are those that the description has, for every operation. */
@ExtendWith(RunningPrism.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // fields are set by setUp
class FakeContractTest {
  private FakePersona persona;
  private FakeRequests requests;

  @BeforeAll
  void setUp() {
    persona = FakePersona.builder().searchLag(Duration.ZERO).start();
    requests = new FakeRequests(persona, Contract.ourDescription(), Contract.plainHttp());
  }

  @AfterAll
  void close() {
    persona.close();
  }

  /**
   * Operations without an example request that the fake accepts. A claim needs a signed token,
   * which the example is not; the tests of the fake have one.
   */
  private static final Set<String> WITHOUT_EXAMPLE = Set.of("relay.generateClaim");

  /** Operations that accept any id, since the API has no operation to create the object. */
  private static final Set<String> WITH_ANY_ID = Set.of("workflows.trigger");

  static Stream<Operation> operations() {
    return Contract.ours().stream();
  }

  static Stream<Operation> operationsWithExample() {
    return operations().filter(operation -> !WITHOUT_EXAMPLE.contains(operation.id()));
  }

  @ParameterizedTest
  @MethodSource("operationsWithExample")
  void exampleRequest_getsADescribedResponse(Operation operation) throws IOException {
    Result result = requests.send(operation);

    assertThat(result.status()).as(result.toString()).isBetween(200, 299);
    assertDescribed(operation, result);
  }

  static Stream<Operation> operationsWithObjects() {
    return operationsWithExample()
        .filter(operation -> !operation.pathParameters().isEmpty())
        .filter(operation -> !WITH_ANY_ID.contains(operation.id()));
  }

  @ParameterizedTest
  @MethodSource("operationsWithObjects")
  void unknownObject_isNotFound(Operation operation) throws IOException {
    Result result = requests.sendForUnknown(operation);

    assertThat(result.status()).as(result.toString()).isEqualTo(404);
    assertThat(result.json().at("/errors/0/title").asText()).isEqualTo("Not found");
  }

  static Stream<Operation> securedOperations() {
    return operations().filter(Operation::secured);
  }

  @ParameterizedTest
  @MethodSource("securedOperations")
  void otherKey_isRejected(Operation operation) throws IOException {
    Request request =
        requests.example(operation).newBuilder().header("Authorization", "Bearer other").build();

    Result result = requests.send(request);

    assertThat(result.status()).isEqualTo(401);
    assertDescribed(operation, result);
  }

  static Stream<Operation> operationsWithInclude() {
    return operationsWithExample()
        .filter(
            operation ->
                operation.queryParameters().stream().anyMatch(p -> p.name().equals("include")))
        .filter(operation -> !relationships(operation).isEmpty())
        .filter(FakeContractTest::hasIncluded);
  }

  /** Returns whether the description has {@code included} in the response. */
  private static boolean hasIncluded(Operation operation) {
    DocumentedResponse success = operation.success();
    Node schema = success == null ? null : success.schema();
    return schema != null && Schemas.properties(schema).containsKey("included");
  }

  /** Returns the names of the relationships of the resource that an operation returns. */
  private static List<String> relationships(Operation operation) {
    DocumentedResponse success = operation.success();
    Node schema = success == null ? null : success.schema();
    Node data = schema == null ? null : Schemas.properties(schema).get("data");
    Node relationships =
        data == null
            ? null
            : Schemas.properties(Schemas.alternatives(data).get(0)).get("relationships");
    return relationships == null
        ? List.of()
        : List.copyOf(Schemas.properties(relationships).keySet());
  }

  @ParameterizedTest
  @MethodSource("operationsWithInclude")
  void includedObjects_areDescribed(Operation operation) throws IOException {
    Request example = requests.example(operation);
    HttpUrl url =
        example
            .url()
            .newBuilder()
            .addQueryParameter("include", String.join(",", relationships(operation)))
            .build();

    Result result = requests.send(example.newBuilder().url(url).build());

    assertThat(result.json().path("included").isArray()).as(result.toString()).isTrue();
    assertDescribed(operation, result);
  }

  /** Events of the API of which the description has no body. */
  private static final Set<String> WITHOUT_SCHEMA =
      Set.of(
          "case.updated",
          "connect/share-token.outbound-created",
          "connect/share-token.inbound-redeemed",
          "connect/share-token.outbound-redeemed",
          "graph-query.submitted");

  @Test
  void events_areThoseOfTheDescription() throws IOException {
    for (Operation operation : operationsWithExample().toList()) {
      Result unused = requests.send(operation);
    }
    Map<String, Node> webhooks = Contract.ourDescription().webhooks();
    Set<String> names = new TreeSet<>();
    List<String> violations = new ArrayList<>();
    for (String id : persona.ids("event")) {
      Request request =
          new Request.Builder()
              .url(persona.baseUrl() + "/events/" + id)
              .header("Authorization", "Bearer " + persona.apiKey())
              .build();
      JsonNode event = requests.send(request).json();
      String name = event.at("/data/attributes/name").asText();
      Node webhook = webhooks.get(name);
      if (webhook == null) {
        if (!WITHOUT_SCHEMA.contains(name)) {
          violations.add(name + " is not described");
        }
        continue;
      }
      names.add(name);
      Node schema = child(webhook, "post", "requestBody", "content", "application/json", "schema");
      SchemaCheck.violations(schema, event).forEach(each -> violations.add(name + ": " + each));
    }

    assertThat(violations.stream().distinct()).isEmpty();
    assertThat(names).hasSizeGreaterThan(30);
  }

  private static Node child(Node parent, String... keys) {
    Node child = parent;
    for (String key : keys) {
      child = Objects.requireNonNull(child.get(key), key);
    }
    return child;
  }

  /** Why the fake has another status than Prism for the same request, by a pattern of cases. */
  private static final Map<String, String> REASONS =
      Map.of(
          "example of (accounts|transactions)\\.create: 201, not 200",
          "Prism returns the first of two described statuses.",
          "(empty body|array) for .*: 400, not 422",
          "The fake has 400 for a structure that is wrong and 422 for values, Prism 422 for both.",
          "page size 0 for .*: 400, not 422",
          "The example of 400 in the description is that of a page size.",
          "empty body for reports.create: 422, not 201",
          "The description requires no type of report, but nothing can be created without one.");

  @ParameterizedTest
  @MethodSource("operationsWithExample")
  void sameRequest_getsTheStatusOfPrism(Operation operation, PrismServer prism) throws IOException {
    Map<String, Request> cases = new LinkedHashMap<>();
    Request example = requests.example(operation);
    cases.put("example of", example);
    if (operation.secured()) {
      cases.put("no key for", example.newBuilder().removeHeader("Authorization").build());
    }
    Operation.Body body = operation.body();
    if (body != null && body.isJson()) {
      cases.put(
          "empty body for", example.newBuilder().method(operation.method(), json("{}")).build());
      cases.put("array for", example.newBuilder().method(operation.method(), json("[]")).build());
    }
    if (operation.queryParameters().stream().anyMatch(p -> p.name().equals("page[size]"))) {
      HttpUrl url = example.url().newBuilder().addQueryParameter("page[size]", "0").build();
      cases.put("page size 0 for", example.newBuilder().url(url).build());
    }
    List<String> differences = new ArrayList<>();
    for (Map.Entry<String, Request> each : cases.entrySet()) {
      int fake = requests.send(each.getValue()).status();
      int other = requests.send(toPrism(operation, each.getValue(), prism)).status();
      String difference = each.getKey() + ' ' + operation.id() + ": " + fake + ", not " + other;
      if (fake != other && REASONS.keySet().stream().noneMatch(difference::matches)) {
        differences.add(difference);
      }
    }
    assertThat(differences).isEmpty();
  }

  private static RequestBody json(String text) {
    return RequestBody.create(text, MediaType.get("application/json"));
  }

  private Request toPrism(Operation operation, Request request, PrismServer prism) {
    String base =
        operation.basePath() == null
            ? HttpUrl.get(persona.baseUrl()).encodedPath()
            : operation.basePath();
    String path = request.url().encodedPath().substring(base.length());
    HttpUrl url =
        HttpUrl.get(prism.baseUrl() + path)
            .newBuilder()
            .encodedQuery(request.url().encodedQuery())
            .build();
    return request.newBuilder().url(url).build();
  }

  private static void assertDescribed(Operation operation, Result result) {
    List<DocumentedResponse> documented =
        operation.responses().stream()
            .filter(response -> response.status() == result.status())
            .toList();
    assertThat(documented).as("%s: %s", operation.id(), result).hasSize(1);
    DocumentedResponse response = documented.get(0);
    assertThat(result.contentType()).isEqualTo(response.mediaType());
    if (response.isJson() && response.schema() != null) {
      assertThat(SchemaCheck.violations(response.schema(), result.json()))
          .as("%s: %s", operation.id(), result.body())
          .isEmpty();
      assertThat(UndescribedNames.in(response.schema(), result.json()))
          .as("%s: %s", operation.id(), result.body())
          .isEmpty();
    }
  }
}
