package io.github.persona4j.testing.internal.description;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.gson.JsonObject;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ApiDescriptionTest {
  private final ApiDescription description = ApiDescription.get();

  private ApiDescription.Match match(String method, String path) {
    return Objects.requireNonNull(description.match(method, path), path);
  }

  private ResourceType type(String name) {
    return Objects.requireNonNull(description.resourceType(name), name);
  }

  @Test
  void operation_isFoundByItsPath() {
    assertThat(description.operations()).hasSize(218);
    assertThat(match("GET", "/inquiries").operation().id()).isEqualTo("inquiries.list");
    ApiDescription.Match approval = match("POST", "/inquiries/inq_1/approve");
    assertThat(approval.operation().id()).isEqualTo("inquiries.approve");
    assertThat(approval.pathParameters()).containsEntry("inquiry-id", "inq_1").hasSize(1);
  }

  @Test
  void literalSegment_winsOverAParameter() {
    assertThat(match("POST", "/inquiries/search").operation().id()).isEqualTo("inquiries.search");
    assertThat(match("POST", "/inquiry-sessions/expire-all").operation().id())
        .isEqualTo("inquirySessions.expireAll");
  }

  @Test
  void otherPathOrMethod_hasNoOperation() {
    for (String path : new String[] {"", "/", "inquiries", "/inquiries/", "/inquiries/a/b/c"}) {
      assertThat(description.match("GET", path)).as(path).isNull();
    }
    assertThat(description.match("PUT", "/inquiries")).isNull();
    assertThatIllegalArgumentException().isThrownBy(() -> description.operation("inquiries.none"));
    assertThatIllegalArgumentException().isThrownBy(() -> description.schema("None"));
    assertThatIllegalArgumentException().isThrownBy(() -> description.example("None"));
    assertThat(description.resourceType("none")).isNull();
  }

  /** In a new description, because schemas are kept once they are parsed. */
  @Test
  void anySchema_canBeTheFirstThatIsRead() {
    for (ResourceType type : description.resourceTypes()) {
      ResourceType first =
          Objects.requireNonNull(new ApiDescription().resourceType(type.type()), type.type());
      assertThat(first.schema().properties()).as(type.type()).isNotEmpty();
    }
    for (Operation operation : description.operations()) {
      if (operation.requestSchema() != null) {
        Schema first = new ApiDescription().operation(operation.id()).requestSchema();
        assertThat(Objects.requireNonNull(first).required()).as(operation.id()).isNotNull();
      }
    }
  }

  @Test
  void everyOperation_canBeRead() {
    for (Operation operation : description.operations()) {
      assertThat(operation.status()).as(operation.id()).isBetween(200, 299);
      assertThat(operation.parameters())
          .as(operation.id())
          .filteredOn(parameter -> parameter.in().equals("path"))
          .hasSize(operation.path().split("\\{", -1).length - 1);
      String type = operation.responseType();
      assertThat(type).as(operation.id()).isIn("application/json", "application/pdf");
      if ("application/json".equals(type)) {
        assertThat(operation.responseSchema()).as(operation.id()).isNotNull();
        assertThat(operation.responseExample()).as(operation.id()).isNotNull();
      }
      if (operation.pathResource() != null) {
        assertThat(operation.path()).contains("{" + operation.pathResourceParameter() + "}");
      }
      if (operation.requestTypes().contains("application/json")) {
        assertThat(operation.requestSchema()).as(operation.id()).isNotNull();
      }
    }
  }

  @Test
  void everyResource_hasSchemaAndPrefix() {
    for (ResourceType type : description.resourceTypes()) {
      assertThat(type.idPrefix()).as(type.type()).matches("[a-z]+");
      assertThat(type.schema().properties()).as(type.type()).containsKey("attributes");
      JsonObject sample = type.sample();
      if (sample == null) {
        assertThat(type.sampleId()).isNull();
      } else {
        assertThat(sample.get("type").getAsString()).isEqualTo(type.type());
        assertThat(sample.get("id").getAsString()).isEqualTo(type.sampleId());
        assertThat(type.attributes().keySet())
            .as(type.type())
            .containsAll(sample.getAsJsonObject("attributes").keySet());
      }
    }
  }

  @Test
  void inquiry_hasItsRelationships() {
    ResourceType inquiry = type("inquiry");
    assertThat(inquiry.idPrefix()).isEqualTo("inq");
    assertThat(inquiry.isCreated()).isTrue();
    assertThat(inquiry.isToMany("verifications")).isTrue();
    assertThat(inquiry.isToMany("account")).isFalse();
    assertThat(inquiry.isToMany("none")).isFalse();
    assertThat(inquiry.relatedTypes("account")).containsExactly("account");
    assertThat(inquiry.attributes()).containsKey("status");
    assertThat(type("device").isCreated()).isFalse();
  }

  @Test
  void schema_hasWhatItInherits() {
    Schema request = description.schema("CreateReportRequest");
    Schema data = Objects.requireNonNull(request.properties().get("data"));
    assertThat(data.discriminator()).isEqualTo("type");
    assertThat(data.mapping()).containsKey("report/watchlist");
    assertThat(data.union()).hasSameSizeAs(data.mapping().keySet());

    Schema status = Objects.requireNonNull(type("inquiry").attributes().get("status"));
    assertThat(status.type()).isEqualTo("string");
    Schema expires = Objects.requireNonNull(type("inquiry").attributes().get("expires-at"));
    assertThat(expires.nullable()).isTrue();
    assertThat(expires.format()).isEqualTo("date-time");
  }

  @Test
  void search_hasAttributesWithOperators() {
    Operation search = description.operation("inquiries.search");
    assertThat(Objects.requireNonNull(search.searchable()))
        .hasEntrySatisfying(
            "created_at",
            attribute -> {
              assertThat(attribute.type()).isEqualTo("date-time");
              assertThat(attribute.operators()).contains("eq", "gt", "lte");
            });
    assertThat(description.operation("inquiries.list").searchable()).isNull();
  }

  @Test
  void eventNames_areThoseOfTheDescription() {
    assertThat(EventNames.contains("inquiry.created")).isTrue();
    assertThat(EventNames.contains("inquiry.none")).isFalse();
  }
}
