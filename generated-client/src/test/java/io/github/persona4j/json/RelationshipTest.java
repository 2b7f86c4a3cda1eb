package io.github.persona4j.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.persona4j.model.InquiryRelationships;
import io.github.persona4j.model.RateLimit;
import io.github.persona4j.model.RateLimitsResponse;
import io.github.persona4j.model.Resource;
import io.github.persona4j.model.WorkflowDeployment;
import io.github.persona4j.model.WorkflowDeploymentRelationship;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Relationships between resources, and rate limits, which cannot be the target of one. */
class RelationshipTest {
  private static final List<String> NONE =
      List.of(
          "{}",
          "{\"data\":null}",
          "{\"data\":{}}",
          "{\"links\":{\"related\":\"/x\"}}",
          "{\"data\":{},\"meta\":{\"count\":0}}");

  private static Map<String, ModelType<?>> relationships(Descriptions description) {
    Map<String, ModelType<?>> found = new TreeMap<>(description.models());
    found.keySet().removeIf(name -> !name.endsWith("Relationship"));
    return found;
  }

  @ParameterizedTest
  @EnumSource
  void anyRelationshipWithoutTarget_isReadAsNullAndPreserved(Descriptions description) {
    Map<String, ModelType<?>> relationships = relationships(description);
    assertThat(relationships).hasSizeGreaterThan(2);

    relationships.forEach(
        (name, type) -> {
          boolean toMany = Shape.of(type).property(type, "data").slot("[]") instanceof JsonList<?>;
          for (String json : NONE) {
            JsonModel relationship = type.fromJson(json, false);

            assertThat(data(relationship))
                .as(name + " " + json)
                .isEqualTo(toMany ? List.of() : null);
            assertThat(relationship.toJson()).isEqualTo(json);
          }
        });
  }

  @ParameterizedTest
  @EnumSource
  void anyRelationshipWithTarget_isReadAsThat(Descriptions description) {
    relationships(description)
        .forEach(
            (name, type) -> {
              String target = "{\"type\":\"of/the-future\",\"id\":\"x_1\"}";
              boolean toMany =
                  Shape.of(type).property(type, "data").slot("[]") instanceof JsonList<?>;
              String json = "{\"data\":" + (toMany ? "[" + target + "]" : target) + "}";

              assertThat(data(type.fromJson(json, false))).as(name).isNotNull();
              assertThat(type.fromJson(json, false).toJson()).isEqualTo(json);
            });
  }

  private static @Nullable Object data(JsonModel relationship) {
    Method data =
        Arrays.stream(relationship.getClass().getDeclaredMethods())
            .filter(method -> method.getName().equals("data") && !method.isSynthetic())
            .findFirst()
            .orElseThrow();
    Accessors.Outcome outcome = Accessors.call(relationship, data);
    assertThat(outcome.error()).isNull();
    return outcome.value();
  }

  @Test
  void relationshipsOfAnInquiry_asSentByTheApi_areRead() {
    InquiryRelationships inquiry =
        InquiryRelationships.fromJson(
            """
            {"account":{"data":{"type":"account","id":"act_1"}},"template":{"data":{}},
             "reviewer":{"data":{}},"transaction":{},"reports":{"data":[]},"sessions":{}}
            """);

    assertThat(Objects.requireNonNull(Objects.requireNonNull(inquiry.account()).data()).id())
        .isEqualTo("act_1");
    assertThat(Objects.requireNonNull(inquiry.template()).data()).isNull();
    assertThat(Objects.requireNonNull(inquiry.reviewer()).data()).isNull();
    assertThat(Objects.requireNonNull(inquiry.transaction()).data()).isNull();
    assertThat(Objects.requireNonNull(inquiry.reports()).data()).isEmpty();
    assertThat(Objects.requireNonNull(inquiry.sessions()).data()).isEmpty();
    assertThat(inquiry.selfies()).isNull();
  }

  @Test
  void relationshipWithItsCompleteTarget_returnsIt() {
    WorkflowDeployment deployment =
        Objects.requireNonNull(
            WorkflowDeploymentRelationship.fromJson(
                    "{\"data\":{\"type\":\"workflow-deployment\",\"id\":\"x_1\",\"attributes\":{}}}")
                .data());

    assertThat(deployment.id()).isEqualTo("x_1");
  }

  @Test
  void rateLimit_hasNoIdAndIsNotAResource() {
    RateLimitsResponse response =
        RateLimitsResponse.fromJson(
            """
            {"data":[{"type":"rate-limit/api",
                      "attributes":{"limit":300,"remaining":271,"seconds-to-reset":42}}]}
            """);
    RateLimit limit = response.data().get(0);

    for (Accessors.Outcome outcome : Accessors.callAll(limit)) {
      assertThat(outcome.error()).as(outcome.method().getName()).isNull();
    }
    assertThat(limit.type()).isEqualTo("rate-limit/api");
    assertThat(limit.attributes().remaining()).isEqualTo(271);
    assertThat((Object) limit).isNotInstanceOf(Resource.class);
    assertThat(RateLimit.TYPE.properties()).containsExactly("type", "attributes");
  }
}
