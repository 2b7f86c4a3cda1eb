package io.github.persona4j.testing.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.persona4j.json.JsonValue;
import io.github.persona4j.model.Inquiry;
import io.github.persona4j.model.InquiryStatus;
import io.github.persona4j.model.Resource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ModelsTest {
  private static final String CREATED =
      """
      {"type":"inquiry","id":"inq_1","attributes":{"status":"created","note":null,"tags":[],
      "fields":{"name-first":{"type":"string","value":"Ada \\"A\\""},"level":1.50},
      "new":{"a":[{"b":1},2,[]],"c":{}}},
      "relationships":{"account":{"data":{"type":"account","id":"act_1"}}}}""";

  private final Inquiry created = Inquiry.fromJson(CREATED);
  private final Inquiry approved = Inquiry.fromJson(CREATED.replace("created", "approved"));

  private static final String DESCRIPTION =
      """
      Inquiry
        type: "inquiry"
        id: "inq_1"
        attributes.status: "created"
        attributes.tags: []
        attributes.note: null
        attributes.fields.name-first.type: "string"
        attributes.fields.name-first.value: "Ada \\"A\\""
        attributes.fields.level: 1.50
        attributes.new.a[0].b: 1
        attributes.new.a[1]: 2
        attributes.new.a[2]: []
        attributes.new.c: {}
        relationships.account.data.type: "account"
        relationships.account.data.id: "act_1\"""";

  private static List<String> sortedLines(String text) {
    return text.lines().sorted().toList();
  }

  @Test
  void model_isDescribedWithAllValues() {
    assertThat(sortedLines(Models.describe(created))).isEqualTo(sortedLines(DESCRIPTION));
    assertThat(Models.describe(created))
        .startsWith("Inquiry\n  type: \"inquiry\"\n  id: \"inq_1\"");
    assertThat(created.toString()).doesNotContain("Ada");
  }

  @Test
  void partsOfModels_areDescribed() {
    assertThat(Models.describe(InquiryStatus.of("new"))).isEqualTo("InquiryStatus \"new\"");
    assertThat(Models.describe(created.account()))
        .isEqualTo("ToOne\n  data.type: \"account\"\n  data.id: \"act_1\"");
    assertThat(Models.describe(JsonValue.ofJson("[1,{\"a\":null}]")))
        .isEqualTo("JsonValue\n  [0]: 1\n  [1].a: null");
    assertThat(Models.describe(JsonValue.of("x"))).isEqualTo("JsonValue\n  \"x\"");
    assertThat(Models.describe(Inquiry.fromJson("{}"))).isEqualTo("Inquiry\n  {}");
    assertThat(Models.describe(Resource.TYPE.fromJson("{\"type\":\"odd\"}", false)))
        .isEqualTo("Resource.Unknown\n  type: \"odd\"");
  }

  @Test
  void containers_areDescribedWithTheirItems() {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("a", Inquiry.fromJson("{\"id\":\"x\"}"));
    map.put("b", null);
    map.put("c", 7);

    assertThat(Models.describe(Arrays.asList(map, InquiryStatus.CREATED)))
        .isEqualTo(
            """
            List of 2
              [0]: Map of 3
                a: Inquiry
                  id: "x"
                b: null
                c: 7
              [1]: InquiryStatus "created\"""");
    assertThat(Models.describe(null)).isEqualTo("null");
    assertThat(Models.describe("text")).isEqualTo("text");
    assertThat(Models.describe(List.of())).isEqualTo("List of 0");
  }

  @Test
  void failedAssertion_showsTheAttributeThatDiffers() {
    assertThatThrownBy(() -> assertThat(created).isEqualTo(approved))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("attributes.status: \"created\"")
        .hasMessageContaining("attributes.status: \"approved\"");
  }

  @Test
  void failedAssertion_onContainers_showsTheAttributeThatDiffers() {
    assertThatThrownBy(() -> assertThat(List.of(created)).isEqualTo(List.of(approved)))
        .hasMessageContaining("attributes.status: \"created\"")
        .hasMessageContaining("attributes.status: \"approved\"");
    assertThatThrownBy(() -> assertThat(List.of(created)).containsExactly(approved))
        .hasMessageContaining("attributes.status: \"approved\"");
    assertThatThrownBy(() -> assertThat(Optional.of(created)).contains(approved))
        .hasMessageContaining("attributes.status: \"approved\"");
    assertThatThrownBy(() -> assertThat(Map.of("k", created)).containsEntry("k", approved))
        .hasMessageContaining("attributes.status: \"created\"");
    assertThatThrownBy(() -> assertThat(new Object[] {created}).isEmpty())
        .hasMessageContaining("attributes.status: \"created\"");
    assertThatThrownBy(() -> assertThat(Set.of(List.of(created))).isEmpty())
        .hasMessageContaining("attributes.status: \"created\"");
  }

  @Test
  void modelsThatAreEqualAsText_areDistinguished() {
    assertThatThrownBy(() -> assertThat(created).isNotSameAs(created))
        .hasMessageContaining("attributes.status: \"created\"");
    assertThatThrownBy(
            () ->
                assertThat(created)
                    .usingComparator(Comparator.comparing(System::identityHashCode))
                    .isEqualTo(Inquiry.fromJson(CREATED)))
        .hasMessageContaining("attributes.status: \"created\"")
        .hasMessageContaining("(io.github.persona4j.model.Inquiry@");
  }

  @Test
  void representation_leavesOtherObjectsToAssertJ() {
    ModelRepresentation representation = new ModelRepresentation();

    for (Object other :
        List.of("text", 7, List.of(), List.of(1), Map.of("a", 1), Optional.empty(), new int[1])) {
      assertThat(representation.toStringOf(other)).isNull();
      assertThat(representation.unambiguousToStringOf(other)).isNull();
    }
    assertThat(representation.toStringOf(null)).isNull();
    assertThatThrownBy(() -> assertThat(new ArrayList<>(List.of("a"))).isEqualTo(List.of("b")))
        .hasMessageContaining("[\"a\"]");
  }

  @Test
  void containersThatContainThemselves_areShown() {
    List<Object> list = new ArrayList<>();
    list.add("x");
    list.add(list);
    Object[] array = new Object[1];
    array[0] = array;
    ModelRepresentation representation = new ModelRepresentation();

    assertThat(representation.toStringOf(list)).isNull();
    assertThat(representation.toStringOf(array)).isNull();
    list.add(created);
    assertThat(representation.toStringOf(list)).contains("attributes.status");
  }
}
