package io.github.persona4j.contract;

import io.github.persona4j.api.Events;
import io.github.persona4j.api.Inquiries;
import io.github.persona4j.model.CreateInquiryRequest;
import java.util.LinkedHashMap;
import java.util.Map;

/** How each operation is called by way of the client: one line each, by its operationId. */
final class ClientCalls {
  static final Map<String, ClientCall> ALL = new LinkedHashMap<>();

  static {
    on(
        "events.list",
        (client, with) ->
            client.events().list(with.query(Events.ListQuery.builder()).build(), with.options()));
    on(
        "events.retrieve",
        (client, with) ->
            client
                .events()
                .retrieve(
                    with.path("event-id"),
                    with.query(Events.RetrieveQuery.builder()).build(),
                    with.options()));
    on(
        "inquiries.list",
        (client, with) ->
            client
                .inquiries()
                .list(with.query(Inquiries.ListQuery.builder()).build(), with.options()));
    on(
        "inquiries.create",
        (client, with) ->
            client
                .inquiries()
                .create(
                    with.body(CreateInquiryRequest.TYPE),
                    with.query(Inquiries.CreateQuery.builder()).build(),
                    with.options()));
    on(
        "inquiries.retrieve",
        (client, with) ->
            client
                .inquiries()
                .retrieve(
                    with.path("inquiry-id"),
                    with.query(Inquiries.RetrieveQuery.builder()).build(),
                    with.options()));
  }

  private ClientCalls() {}

  private static void on(String operationId, ClientCall call) {
    if (ALL.putIfAbsent(operationId, call) != null) {
      throw new IllegalStateException(operationId + " has two entries");
    }
  }
}
