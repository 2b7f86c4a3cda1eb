package io.github.persona4j.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.persona4j.contract.Description.Node;
import io.github.persona4j.json.JsonModel;
import io.github.persona4j.json.JsonValue;
import io.github.persona4j.model.Event;
import io.github.persona4j.model.EventName;
import io.github.persona4j.model.EventPayload;
import io.github.persona4j.model.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The body that a webhook receives for an event, which is decoded as an event with a typed payload.
 *
 * @param name the name of the event
 * @param schema the schema of the body, null if there is none
 * @param body the body with that name; in our description, with an object of the type in the name
 */
record WebhookBody(String name, @Nullable Node schema, JsonNode body) implements ContractCase {
  static Stream<WebhookBody> all(Contract contract) {
    Map<String, ObjectNode> resources = contract.mocked().resources();
    List<WebhookBody> all = new ArrayList<>();
    contract
        .mocked()
        .webhooks()
        .forEach(
            (name, webhook) -> {
              for (Node content : contents(webhook)) {
                for (JsonNode example : Operations.examples(content).values()) {
                  all.add(
                      new WebhookBody(
                          name,
                          content.get("schema"),
                          contract.isOfOurs() ? own(name, example, resources) : example));
                }
              }
            });
    return all.stream();
  }

  private static Iterable<Node> contents(Node webhook) {
    Node post = webhook.get("post");
    Node body = post == null ? null : post.get("requestBody");
    return body == null ? List.of() : body.entries("content").values();
  }

  /** Sets the name and the object of an event, since the webhooks of a type share an example. */
  private static JsonNode own(String name, JsonNode example, Map<String, ObjectNode> resources) {
    ObjectNode body = example.deepCopy();
    if (body.at("/data/attributes") instanceof ObjectNode attributes) {
      attributes.put("name", name);
      ObjectNode resource = resources.get(name.substring(0, name.lastIndexOf('.')));
      if (resource != null && attributes.get("payload") instanceof ObjectNode payload) {
        payload.set("data", resource);
      }
    }
    return body;
  }

  @Override
  public String tag() {
    return "Webhook events";
  }

  @Override
  public int status() {
    return 0;
  }

  @Override
  public String variant() {
    return "event";
  }

  @Override
  public void check(CaseContext context) {
    if (context.contract().isOfOurs()) {
      checkEvent(context);
      return;
    }
    try {
      checkEvent(context);
    } catch (RuntimeException | AssertionError e) {
      List<String> violations = schema == null ? List.of() : SchemaCheck.violations(schema, body);
      if (violations.isEmpty()) {
        throw e;
      }
      throw new ContractViolation(Outcome.MISTAKE, String.join("; ", violations));
    }
  }

  private void checkEvent(CaseContext context) {
    JsonNode data = body.path("data");

    Event event = Event.TYPE.fromJson(data.toString(), true);

    context.checkDecoded(event, data.toString());
    if (context.contract().isOfOurs()) {
      for (KeyCasing casing : KeyCasing.values()) {
        Event recased = Event.fromJson(casing.recased(data).toString());
        assertThat(recased).as("in %s casing", casing).isEqualTo(event);
        context.checkDecoded(recased, data.toString());
      }
    }
    EventPayload payload = event.attributes().payload();
    JsonValue object = payload == null ? null : payload.property("data");
    if (object != null) {
      Resource resource = object.as(Resource.TYPE);
      if (resource instanceof JsonModel model) {
        context.checkDecoded(model, object.json());
      } else {
        context.unknown().add("$.attributes.payload.data: unknown type " + resource.type());
      }
      checkType(context, eventName(event), family(resource.type()));
    }
    if (context.contract().isOfOurs()) {
      assertThat(event.attributes().name())
          .isEqualTo(EventName.of(name))
          .returns(true, EventName::isKnown);
      assertThat(object).as("object of the event").isNotNull();
    }
  }

  private static String eventName(Event event) {
    EventName name = event.attributes().name();
    return name == null ? "" : name.value();
  }

  /**
   * Checks the type of the object, which may be a subtype for an event such as
   * "verification.passed".
   */
  private static void checkType(CaseContext context, String event, String family) {
    if (!event.startsWith(family)) {
      String about = "the event " + event + " has a resource of the type " + family;
      throw context.contract().isOfOurs()
          ? new AssertionError(about)
          : new ContractViolation(Outcome.MISTAKE, about);
    }
  }

  private static String family(String type) {
    int slash = type.indexOf('/');
    return slash < 0 ? type : type.substring(0, slash);
  }

  @Override
  public String toString() {
    return name;
  }
}
