package io.github.persona4j.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.persona4j.contract.Operation.Body;
import io.github.persona4j.contract.Operation.FormField;
import io.github.persona4j.contract.Operation.QueryParameter;
import io.github.persona4j.contract.OperationExamples.OperationExample;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.Response;
import okhttp3.ResponseBody;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The example in the Javadoc of each operation is compiled and makes the request of the
 * description's example, which Prism accepts.
 */
@ExtendWith(RunningPrism.class)
@Execution(ExecutionMode.CONCURRENT)
class ExamplesTest {
  private static final Path EXTENSIONS = Path.of("../extensions/target");
  private static final Path FILES = Path.of("target/examples");
  private static final Map<String, Operation> OPERATIONS =
      Contract.ours().stream().collect(Collectors.toMap(Operation::id, Function.identity()));

  /** Examples name files; those that they store must not exist. */
  @BeforeAll
  static void prepareFiles() throws IOException {
    Files.createDirectories(FILES);
    try (Stream<Path> old = Files.list(FILES)) {
      for (Path file : old.toList()) {
        Files.delete(file);
      }
    }
    Files.writeString(FILES.resolve("import.csv"), Setters.FILE);
  }

  static Stream<OperationExample> examples() {
    return OperationExamples.all().stream();
  }

  @Test
  void everyOperation_hasOneExample() {
    assertThat(examples().map(OperationExample::operation))
        .doesNotHaveDuplicates()
        .containsExactlyInAnyOrderElementsOf(OPERATIONS.keySet());
  }

  @ParameterizedTest
  @MethodSource("examples")
  void example_run_sendsTheRequestOfTheDescription(OperationExample example, PrismServer prism) {
    assumeTrue(Contract.RUN.isOfOurs(), "another description has other responses");
    Operation operation = OPERATIONS.get(example.operation());
    assertThat(operation).isNotNull();

    Exchange exchange = run(example, prism);

    assertThat(exchange.sent().method() + " " + exchange.path())
        .isEqualTo(operation.method() + " " + operation.calledPath());
    assertThat(query(exchange)).isEqualTo(expectedQuery(operation, example));
    checkBody(operation, example, exchange);
  }

  private static Exchange run(OperationExample example, PrismServer prism) {
    CaseContext context = new CaseContext(Contract.RUN, prism);
    context.withClient(
        client -> {
          try {
            example.run().with(client);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
          return example;
        },
        ExamplesTest::withoutNextLink);
    return context.exchange();
  }

  /** The example of a page has a next page, and so has that. */
  private static Response withoutNextLink(Interceptor.Chain chain) throws IOException {
    Response response = chain.proceed(chain.request());
    if (!String.valueOf(response.header("Content-Type")).contains("json")) {
      return response;
    }
    JsonNode json = Json.parse(response.body().string());
    if (json.get("links") instanceof ObjectNode links && links.has("next")) {
      links.putNull("next");
    }
    return response
        .newBuilder()
        .body(ResponseBody.create(json.toString(), response.body().contentType()))
        .build();
  }

  private static Map<String, String> query(Exchange exchange) {
    HttpUrl url = exchange.sent().url();
    Map<String, String> query = new TreeMap<>();
    for (String name : url.queryParameterNames()) {
      query.put(name, String.valueOf(url.queryParameter(name)));
    }
    return query;
  }

  /** Returns the query that an example claims, whose values are those of the description. */
  private static Map<String, String> expectedQuery(Operation operation, OperationExample example) {
    Map<String, String> expected = new TreeMap<>();
    Json.parse(example.query())
        .properties()
        .forEach(entry -> expected.put(entry.getKey(), entry.getValue().asText()));
    for (QueryParameter parameter : operation.queryParameters()) {
      JsonNode described = parameter.schema().json().get("example");
      if (described != null && !parameter.map()) {
        assertThat(expected).containsEntry(parameter.name(), described.asText());
      }
      if (parameter.required()) {
        assertThat(expected).containsKey(parameter.name());
      }
    }
    if ("query".equals(operation.pagination())) {
      expected.put("page[size]", "100");
    }
    return expected;
  }

  private static void checkBody(Operation operation, OperationExample example, Exchange exchange) {
    Body body = operation.body();
    if (body == null) {
      assertThat(exchange.sentBody()).isEmpty();
      assertThat(example.body()).isEmpty();
      return;
    }
    ObjectNode expected = (ObjectNode) Json.parse(example.body());
    assertThat(expected.isEmpty()).as("shows nothing of the body").isFalse();
    if (!body.isJson()) {
      checkForm(operation, body, expected, exchange);
      return;
    }
    JsonNode described = body.examples().values().iterator().next();
    assertThat(isPart(expected, described)).as("%s is a part of %s", expected, described).isTrue();
    if ("body".equals(operation.pagination())) {
      expected.putObject("page").put("size", 100);
    }
    assertThat(Json.differences(expected, Json.parse(exchange.sentBody()))).isEmpty();
  }

  private static void checkForm(
      Operation operation, Body body, ObjectNode expected, Exchange exchange) {
    for (FormField field : operation.form()) {
      assertThat(!field.required() || expected.has(field.name())).as(field.name()).isTrue();
      if (field.file()) {
        expected.put(field.name(), expected.get(field.name()).asText() + ": " + Setters.FILE);
      }
    }
    String sent = exchange.sentBody();
    ObjectNode parts = body.isMultipart() ? SentBody.parts(sent) : SentBody.fields(sent);
    assertThat(Json.differences(expected, parts)).isEmpty();
    if (!body.isMultipart()) {
      assertThat(isPart(expected, body.examples().values().iterator().next())).isTrue();
    }
  }

  /** Returns whether a value has nothing that another one does not have. */
  private static boolean isPart(JsonNode part, JsonNode whole) {
    if (part.isObject() && whole.has("and") && !part.has("and")) {
      return isPart(part, whole.get("and").get(0)); // the only condition of a search
    } else if (part.isObject() && whole.isObject()) {
      return part.properties().stream()
          .allMatch(
              entry ->
                  whole.has(entry.getKey()) && isPart(entry.getValue(), whole.get(entry.getKey())));
    } else if (part.isArray() && whole.isArray()) {
      for (JsonNode item : part) {
        boolean found = false;
        for (JsonNode other : whole) {
          found |= isPart(item, other);
        }
        if (!found) {
          return false;
        }
      }
      return true;
    }
    return Json.differences(whole, part).isEmpty();
  }

  @Test
  void index_namesMethodsThatExist_andTheirExamplesAreInTheirJavadoc() throws Exception {
    JsonNode index = Json.parse(Files.readString(EXTENSIONS.resolve("site/operations.json")));

    assertThat(index.properties().stream().map(Map.Entry::getKey).toList())
        .containsExactlyInAnyOrderElementsOf(OPERATIONS.keySet());
    for (Map.Entry<String, JsonNode> entry : index.properties()) {
      JsonNode operation = entry.getValue();
      String className = operation.get("class").asText();
      List<String> anchors =
          Arrays.stream(Class.forName(className).getMethods()).map(ExamplesTest::anchor).toList();
      assertThat(anchors).as(entry.getKey()).contains(operation.get("anchor").asText());
      String source =
          Files.readString(
              EXTENSIONS.resolve(
                  "generated-sources/openapi/src/main/java/"
                      + className.replace('.', '/')
                      + ".java"));
      String javadoc =
          operation
              .get("example")
              .asText()
              .lines()
              .map(line -> "   * " + line)
              .collect(Collectors.joining("\n", "   * <pre>{@code\n", "\n   * }</pre>\n"));
      // In the Javadoc of the called form, and of that with all parameters.
      assertThat(source.split(Pattern.quote(javadoc), -1).length)
          .as(entry.getKey())
          .isGreaterThan(2);
    }
  }

  private static String anchor(Method method) {
    return Arrays.stream(method.getParameterTypes())
        .map(Class::getCanonicalName)
        .collect(Collectors.joining(",", method.getName() + "(", ")"));
  }
}
