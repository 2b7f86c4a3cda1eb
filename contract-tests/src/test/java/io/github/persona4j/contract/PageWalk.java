package io.github.persona4j.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.persona4j.PersonaClient;
import io.github.persona4j.contract.Arguments.Extent;
import io.github.persona4j.contract.Operation.DocumentedResponse;
import io.github.persona4j.json.JsonModel;
import io.github.persona4j.json.ResourcePage;
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
 * Reads a list with the method for all pages: two pages, whose requests differ only in the cursor.
 * A list without a cursor has one page.
 *
 * @param response the response with a page
 */
record PageWalk(Operation operation, DocumentedResponse response)
    implements ContractCase.OfResponse {
  private static final String CURSOR = "cursor_1";

  static Stream<PageWalk> all(Contract contract) {
    List<PageWalk> all = new ArrayList<>();
    for (Operation operation : contract.shared()) {
      for (DocumentedResponse response : operation.responses()) {
        if (operation.pagination() != null && response.isSuccess() && response.isJson()) {
          all.add(new PageWalk(operation, response));
        }
      }
    }
    return all.stream();
  }

  @Override
  public String variant() {
    return "pages by " + operation.pagination();
  }

  @Override
  public void check(CaseContext context) {
    Arguments arguments =
        Arguments.of(operation, Extent.COMPLETE, response, response.exampleNames().get(0));
    context.withClient(
        client -> {
          switch (String.valueOf(operation.pagination())) {
            case "query" -> checkTwoPages(context, byQuery(client, arguments));
            case "body" -> checkTwoPages(context, byBody(client, arguments));
            default -> checkOnePage(client, arguments, context);
          }
          return this;
        },
        PageWalk::withNextLink);
  }

  /** Adds a link to a next page to the example. */
  private static Response withNextLink(Interceptor.Chain chain) throws IOException {
    Response response = chain.proceed(chain.request());
    if (!response.isSuccessful()) {
      return response;
    }
    ObjectNode page = (ObjectNode) Json.parse(response.body().string());
    String link = chain.request().url().encodedPath() + "?page%5Bafter%5D=" + CURSOR;
    page.putObject("links").put("next", link).putNull("prev");
    return response
        .newBuilder()
        .body(ResponseBody.create(page.toString(), response.body().contentType()))
        .build();
  }

  private Pages<?> byQuery(PersonaClient client, Arguments arguments) {
    return byQuery(client, arguments, OperationCaller.query(operation.id(), arguments));
  }

  private <Q extends PagedQuery<Q>> Pages<?> byQuery(
      PersonaClient client, Arguments arguments, QueryParameters query) {
    @SuppressWarnings("unchecked") // whatever its class is, a paged query is one of itself
    Q paged = (Q) query;
    // The sample query has both cursors; Pages accepts one.
    QueryParameters changed = (QueryParameters) paged.withPageAfter("sample");
    return OperationCaller.pages(client, operation.id(), arguments.with(changed));
  }

  private Pages<?> byBody(PersonaClient client, Arguments arguments) {
    return OperationCaller.pages(client, operation.id(), arguments);
  }

  private void checkTwoPages(CaseContext context, Pages<?> pages) {
    Page<?> first = pages.first();
    checkItems(first.items(), context.exchange());
    Map<String, String> parameters = parameters(context.exchange());

    Page<?> second = first.next();

    checkItems(second.items(), context.exchange());
    parameters.put("page[after]", CURSOR);
    assertThat(parameters(context.exchange()))
        .as("request of the second page")
        .isEqualTo(parameters);
  }

  /** Returns the query of a list, and its body without the cursor. */
  private static Map<String, String> parameters(Exchange exchange) {
    Map<String, String> parameters = new TreeMap<>();
    HttpUrl url = exchange.sent().url();
    parameters.put("path", url.encodedPath());
    for (String name : url.queryParameterNames()) {
      parameters.put(name, String.valueOf(url.queryParameter(name)));
    }
    if (!exchange.sentBody().isEmpty()) {
      ObjectNode body = (ObjectNode) Json.parse(exchange.sentBody());
      if (body.path("page") instanceof ObjectNode page && page.has("after")) {
        parameters.put("page[after]", page.remove("after").asText());
      }
      parameters.put("body", body.toString());
    }
    return parameters;
  }

  private void checkOnePage(PersonaClient client, Arguments arguments, CaseContext context) {
    assertThat(OperationCaller.parameters(operation.id()))
        .extracting(Parameter::getType)
        .as("query without a cursor")
        .noneMatch(PagedQuery.class::isAssignableFrom);

    ResourcePage<?> page = call(client, arguments);

    checkItems(page.items(), context.exchange());
    assertThat(page.nextLink()).endsWith(CURSOR);
  }

  private static void checkItems(List<?> items, Exchange exchange) {
    JsonNode data = Json.parse(exchange.responseBody()).path("data");
    assertThat(items).as("items").hasSize(data.size());
    for (int i = 0; i < data.size(); i++) {
      JsonNode item = Json.parse(((JsonModel) items.get(i)).toJson());
      assertThat(Json.differences(data.get(i), item)).as("item %d", i).isEmpty();
    }
  }

  private ResourcePage<?> call(PersonaClient client, Arguments arguments) {
    return (ResourcePage<?>)
        Objects.requireNonNull(OperationCaller.call(client, operation.id(), arguments));
  }

  @Override
  public String toString() {
    return operation.id() + " " + variant();
  }
}
