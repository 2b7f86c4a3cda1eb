package io.github.persona4j.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.persona4j.contract.Description.Node;
import io.github.persona4j.json.JsonModel;
import io.github.persona4j.json.JsonValue;
import io.github.persona4j.json.Leftovers;
import io.github.persona4j.model.Event;
import io.github.persona4j.model.EventPayload;
import io.github.persona4j.model.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every body that the description says webhooks get. */
class WebhookBodyTest {
  @ParameterizedTest(name = "{0}")
  @MethodSource("bodies")
  void describedBody_isAnEventWithATypedPayload(Body body) {
    JsonNode data = body.json().path("data");

    Event event = Event.TYPE.fromJson(data.toString(), true);

    // Webhooks of one kind of object share an example, which is named after one of them.
    assertThat(event.attributes().name()).isNotBlank();
    assertThat(Json.differences(data, Json.parse(event.toJson()))).isEmpty();
    EventPayload payload = Objects.requireNonNull(event.attributes().payload());
    JsonValue object = Objects.requireNonNull(payload.property("data"));
    Resource resource = object.as(Resource.TYPE);
    assertThat(resource).isInstanceOf(JsonModel.class);
    JsonModel model = (JsonModel) resource;
    assertThat(Leftovers.in(model, Contract.openSchemas())).isEmpty();
    assertThat(Json.differences(Json.parse(object.json()), Json.parse(model.toJson()))).isEmpty();
  }

  static Stream<Body> bodies() {
    List<Body> bodies = new ArrayList<>();
    Contract.ourDescription()
        .root()
        .entries("x-webhooks")
        .forEach(
            (name, webhook) -> {
              for (Node content : contents(webhook)) {
                content
                    .entries("examples")
                    .values()
                    .forEach(example -> bodies.add(new Body(name, example.json().path("value"))));
              }
            });
    assertThat(bodies.stream().map(Body::name).distinct()).hasSizeGreaterThanOrEqualTo(130);
    return bodies.stream();
  }

  private static Iterable<Node> contents(Node webhook) {
    Node post = Objects.requireNonNull(webhook.get("post"));
    return Objects.requireNonNull(post.get("requestBody")).entries("content").values();
  }

  /** The example of one webhook. */
  record Body(String name, JsonNode json) {
    @Override
    public String toString() {
      return name;
    }
  }
}
