package io.github.persona4j.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.persona4j.PersonaClient;
import io.github.persona4j.contract.Arguments.Extent;
import io.github.persona4j.contract.Operation.Answer;
import io.github.persona4j.json.JsonModel;
import io.github.persona4j.json.ResourcePage;
import io.github.persona4j.model.SearchRequest;
import io.github.persona4j.paging.Page;
import io.github.persona4j.paging.Pages;
import io.github.persona4j.request.PagedQuery;
import io.github.persona4j.request.QueryParameters;
import java.io.IOException;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.Response;
import okhttp3.ResponseBody;

/**
 * A list through the paging helpers: two pages, the second asked for like the first but for the
 * cursor. A list whose operation takes no cursor is one page.
 *
 * @param answer the answer with a page
 */
record Walk(Operation operation, Answer answer) implements ContractCase.OfAnswer {
  private static final String CURSOR = "cursor_1";

  static Stream<Walk> all(Contract contract) {
    List<Walk> all = new ArrayList<>();
    for (Operation operation : contract.shared()) {
      for (Answer answer : operation.answers()) {
        if (operation.pagination() != null && answer.isSuccess() && answer.isJson()) {
          all.add(new Walk(operation, answer));
        }
      }
    }
    return all.stream();
  }

  @Override
  public String way() {
    return "pages by " + operation.pagination();
  }

  @Override
  public void check(Trial trial) {
    Arguments arguments =
        Arguments.of(operation, Extent.WHOLE, answer, answer.exampleNames().get(0));
    trial.withClient(
        client -> {
          switch (String.valueOf(operation.pagination())) {
            case "query" -> checkTwoPages(trial, byQuery(client, arguments));
            case "body" -> checkTwoPages(trial, byBody(client, arguments));
            default -> checkOnePage(client, arguments, trial);
          }
          return this;
        },
        Walk::withNextLink);
  }

  /** The examples are only pages, so each gets a link to a next one. */
  private static Response withNextLink(Interceptor.Chain chain) throws IOException {
    Response answer = chain.proceed(chain.request());
    if (!answer.isSuccessful()) {
      return answer;
    }
    ObjectNode page = (ObjectNode) Json.parse(answer.body().string());
    String link = chain.request().url().encodedPath() + "?page%5Bafter%5D=" + CURSOR;
    page.putObject("links").put("next", link).putNull("prev");
    return answer
        .newBuilder()
        .body(ResponseBody.create(page.toString(), answer.body().contentType()))
        .build();
  }

  private Pages<?> byQuery(PersonaClient client, Arguments arguments) {
    return byQuery(client, arguments, OperationCaller.query(operation.id(), arguments));
  }

  private <Q extends PagedQuery<Q>> Pages<?> byQuery(
      PersonaClient client, Arguments arguments, QueryParameters query) {
    @SuppressWarnings("unchecked") // whatever its class is, a paged query is one of itself
    Q paged = (Q) query;
    // The sample query has both cursors; a walk takes one.
    return Pages.of(
        changed -> call(client, arguments.with((QueryParameters) changed)),
        paged.withPageAfter("sample"));
  }

  private Pages<?> byBody(PersonaClient client, Arguments arguments) {
    return Pages.ofSearch(
        changed -> call(client, arguments.with(changed)), arguments.body(SearchRequest.class));
  }

  private void checkTwoPages(Trial trial, Pages<?> pages) {
    Page<?> first = pages.first();
    checkItems(first.items(), trial.exchange());
    Map<String, String> asked = asked(trial.exchange());

    Page<?> second = first.next();

    checkItems(second.items(), trial.exchange());
    asked.put("page[after]", CURSOR);
    assertThat(asked(trial.exchange())).as("how the second page is asked for").isEqualTo(asked);
  }

  /** All that a list is asked with: its query, and its body with the cursor taken out. */
  private static Map<String, String> asked(Exchange exchange) {
    Map<String, String> asked = new TreeMap<>();
    HttpUrl url = exchange.sent().url();
    asked.put("path", url.encodedPath());
    for (String name : url.queryParameterNames()) {
      asked.put(name, String.valueOf(url.queryParameter(name)));
    }
    if (!exchange.sentBody().isEmpty()) {
      ObjectNode body = (ObjectNode) Json.parse(exchange.sentBody());
      if (body.path("page") instanceof ObjectNode page && page.has("after")) {
        asked.put("page[after]", page.remove("after").asText());
      }
      asked.put("body", body.toString());
    }
    return asked;
  }

  private void checkOnePage(PersonaClient client, Arguments arguments, Trial trial) {
    assertThat(OperationCaller.parameters(operation.id()))
        .extracting(Parameter::getType)
        .as("no query with a cursor")
        .noneMatch(PagedQuery.class::isAssignableFrom);

    ResourcePage<?> page = call(client, arguments);

    checkItems(page.items(), trial.exchange());
    assertThat(page.nextLink()).endsWith(CURSOR);
  }

  private static void checkItems(List<?> items, Exchange exchange) {
    JsonNode data = Json.parse(exchange.answerBody()).path("data");
    assertThat(items).as("items").hasSize(data.size());
    for (int i = 0; i < data.size(); i++) {
      JsonNode item = Json.parse(((JsonModel) items.get(i)).toJson());
      assertThat(Json.differences(data.get(i), item)).as("item %d", i).isEmpty();
    }
  }

  @SuppressWarnings("unchecked") // which type the items have makes no difference here
  private ResourcePage<Object> call(PersonaClient client, Arguments arguments) {
    return (ResourcePage<Object>)
        Objects.requireNonNull(OperationCaller.call(client, operation.id(), arguments));
  }

  @Override
  public String toString() {
    return operation.id() + " " + way();
  }
}
