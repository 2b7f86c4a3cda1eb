package io.github.persona4j.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The methods of properties that the description deprecates are deprecated. */
class DeprecatedPropertiesTest {
  @Test
  void anyProperty_isDeprecatedIfItsDescriptionIs() {
    Map<String, Set<String>> deprecated = DescribedProperties.with("deprecated");
    int found = 0;
    for (ModelType<?> type : Descriptions.API.models().values()) {
      for (BuiltProperty property : BuiltProperty.of(type)) {
        boolean expected = deprecated.getOrDefault(type.name(), Set.of()).contains(property.name());
        assertThat(isDeprecated(property.accessor())).as("%s", property).isEqualTo(expected);
        assertThat(isDeprecated(property.setter())).as("%s", property).isEqualTo(expected);
        Method clear = property.clearMethod();
        if (clear != null) {
          assertThat(isDeprecated(clear)).as("%s", property).isEqualTo(expected);
        }
        found += expected ? 1 : 0;
      }
    }
    assertThat(found).isGreaterThan(4);
    assertThat(deprecated.get("CreateInquiryAttributes")).containsExactly("reference-id");
    assertThat(deprecated.get("CreateReportAttributes")).containsExactly("reference-id");
    assertThat(deprecated.get("CreateGraphQueryAttributes")).containsExactly("variable-map");
    assertThat(deprecated.get("EmailAddressReportAttributes"))
        .containsExactly("email-domain-reputation");
  }

  private static boolean isDeprecated(Method method) {
    return method.isAnnotationPresent(Deprecated.class);
  }
}
