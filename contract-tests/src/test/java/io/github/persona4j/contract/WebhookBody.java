package io.github.persona4j.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.persona4j.contract.Description.Node;
import io.github.persona4j.json.JsonModel;
import io.github.persona4j.json.JsonValue;
import io.github.persona4j.model.Event;
import io.github.persona4j.model.EventPayload;
import io.github.persona4j.model.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The body that a webhook gets for one kind of event: it decodes as an event with a typed payload.
 *
 * @param name the name of the event
 * @param schema the schema of the body, null where there is none
 * @param body the body under that name; of ours, about an object of the type that the name says
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

  /** Webhooks of one family share an example of ours; here it gets its own name and object. */
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
  public String way() {
    return "event";
  }

  @Override
  public void check(Trial trial) {
    if (trial.contract().isOfOurs()) {
      checkEvent(trial);
      return;
    }
    try {
      checkEvent(trial);
    } catch (RuntimeException | AssertionError e) {
      List<String> misfits = schema == null ? List.of() : SchemaCheck.misfits(schema, body);
      if (misfits.isEmpty()) {
        throw e;
      }
      throw new ContractViolation(Outcome.MISTAKE, String.join("; ", misfits));
    }
  }

  private void checkEvent(Trial trial) {
    JsonNode data = body.path("data");

    Event event = Event.TYPE.fromJson(data.toString(), true);

    trial.checkDecoded(event, data.toString());
    EventPayload payload = event.attributes().payload();
    JsonValue object = payload == null ? null : payload.property("data");
    if (object != null) {
      Resource resource = object.as(Resource.TYPE);
      if (resource instanceof JsonModel model) {
        trial.checkDecoded(model, object.json());
      } else {
        trial.unknown().add("$.attributes.payload.data: unknown type " + resource.type());
      }
      checkFamily(trial, String.valueOf(event.attributes().name()), family(resource.type()));
    }
    if (trial.contract().isOfOurs()) {
      assertThat(event.attributes().name()).isEqualTo(name);
      assertThat(object).as("object of the event").isNotNull();
    }
  }

  /** An event of a family, such as "verification.passed", is about any member of it. */
  private static void checkFamily(Trial trial, String event, String family) {
    if (!event.startsWith(family)) {
      String about = "the event " + event + " is about a resource of the family " + family;
      throw trial.contract().isOfOurs()
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
