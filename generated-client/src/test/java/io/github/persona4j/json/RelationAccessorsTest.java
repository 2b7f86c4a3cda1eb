package io.github.persona4j.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.persona4j.resource.Identified;
import io.github.persona4j.resource.ToMany;
import io.github.persona4j.resource.ToOne;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every accessor of a relationship of every resource. */
class RelationAccessorsTest {
  private static final String TARGET = "{\"type\":\"of/the-future\",\"id\":\"x_1\"}";

  /** An accessor with the name of its relationship in JSON. */
  private record Relation(ModelType<?> resource, Method accessor, String name) {
    boolean toMany() {
      return accessor.getReturnType() == ToMany.class;
    }

    Object of(String json) {
      Accessors.Outcome outcome = Accessors.call(resource.fromJson(json, false), accessor);
      assertThat(outcome.error()).as(this + " of " + json).isNull();
      return Objects.requireNonNull(outcome.value(), toString());
    }

    Object with(String relationship) {
      return of("{\"relationships\":{\"" + name + "\":" + relationship + "}}");
    }

    @Override
    public String toString() {
      return resource.name() + "." + accessor.getName();
    }
  }

  private static List<Relation> relations(Descriptions description) {
    List<Relation> relations = new ArrayList<>();
    description
        .models()
        .forEach(
            (schema, type) -> {
              Class<?> resource = type.empty().getClass();
              for (Method accessor : resource.getDeclaredMethods()) {
                if (accessor.getReturnType() == ToOne.class
                    || accessor.getReturnType() == ToMany.class) {
                  relations.add(new Relation(type, accessor, name(type, accessor)));
                }
              }
            });
    return relations;
  }

  private static String name(ModelType<?> resource, Method accessor) {
    JsonModel relationships =
        (JsonModel)
            Objects.requireNonNull(
                call(resource.fromJson("{\"relationships\":{}}", false), "relationships"));
    return relationships.modelType().properties().stream()
        .filter(name -> camelCase(name).equals(accessor.getName()))
        .findFirst()
        .orElseThrow();
  }

  private static String camelCase(String kebab) {
    StringBuilder camel = new StringBuilder();
    for (String part : kebab.split("-", -1)) {
      camel.append(
          camel.isEmpty() ? part : Character.toUpperCase(part.charAt(0)) + part.substring(1));
    }
    return camel.toString();
  }

  private static @Nullable Object call(Object model, String name) {
    Method method =
        Arrays.stream(model.getClass().getDeclaredMethods())
            .filter(each -> each.getName().equals(name) && !each.isSynthetic())
            .findFirst()
            .orElseThrow();
    return Accessors.call(model, method).value();
  }

  private static void assertEmpty(Relation relation, Object value, boolean omitted) {
    if (value instanceof ToMany<?> many) {
      assertThat(many.isEmpty()).as(relation.toString()).isTrue();
      assertThat(many.isOmitted()).as(relation.toString()).isEqualTo(omitted);
      assertThat(many.targets()).isEmpty();
      assertThat(many.ids()).isEmpty();
    } else {
      ToOne<?> one = (ToOne<?>) value;
      assertThat(one.isEmpty()).as(relation.toString()).isTrue();
      assertThat(one.isOmitted()).as(relation.toString()).isEqualTo(omitted);
      assertThat(one.id()).isNull();
      assertThat(one.type()).isNull();
    }
  }

  @ParameterizedTest
  @EnumSource
  void absentRelationship_isEmptyAndOmitted(Descriptions description) {
    List<Relation> relations = relations(description);
    assertThat(relations).hasSizeGreaterThan(5);

    for (Relation relation : relations) {
      for (String json : List.of("{}", "{\"relationships\":{}}", "{\"relationships\":null}")) {
        assertEmpty(relation, relation.of(json), true);
      }
      assertEmpty(relation, relation.with("{}"), true);
      assertEmpty(relation, relation.with("{\"links\":{\"related\":\"/x\"}}"), true);
    }
  }

  @ParameterizedTest
  @EnumSource
  void relationshipWithoutTarget_isEmptyAndPresent(Descriptions description) {
    for (Relation relation : relations(description)) {
      assertEmpty(relation, relation.with("null"), false);
      assertEmpty(relation, relation.with("{\"data\":null}"), false);
      assertEmpty(relation, relation.with("{\"data\":{}}"), false);
      if (relation.toMany()) {
        assertEmpty(relation, relation.with("{\"data\":[]}"), false);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void relationshipWithTarget_hasItsTypeAndIdAlsoIfUnknown(Descriptions description) {
    for (Relation relation : relations(description)) {
      Object value =
          relation.with("{\"data\":" + (relation.toMany() ? "[" + TARGET + "]" : TARGET) + "}");
      ToOne<?> one = value instanceof ToMany<?> many ? many.targets().get(0) : (ToOne<?>) value;

      assertThat(one.isEmpty()).as(relation.toString()).isFalse();
      assertThat(one.isOmitted()).isFalse();
      assertThat(one.type()).isEqualTo("of/the-future");
      assertThat(one.id()).isEqualTo("x_1");
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyRelationshipOfEveryResource_hasAnAccessorWithItsTarget(Descriptions description) {
    Set<String> withAccessors = new TreeSet<>();
    for (Relation relation : relations(description)) {
      withAccessors.add(relation.resource().name() + " " + relation.name());
      Class<?> target =
          (Class<?>)
              ((ParameterizedType) relation.accessor().getGenericReturnType())
                  .getActualTypeArguments()[0];
      Object value = relation.with("null");

      assertThat(value instanceof ToMany<?> many ? many.target() : ((ToOne<?>) value).target())
          .isEqualTo(target);
      assertThat(Identified.class).isAssignableFrom(target);
    }

    Set<String> described = new TreeSet<>();
    description
        .models()
        .forEach(
            (name, type) -> {
              if (type.properties().contains("relationships") && isResource(type)) {
                JsonModel all =
                    (JsonModel)
                        Objects.requireNonNull(
                            call(type.fromJson("{\"relationships\":{}}", false), "relationships"));
                all.modelType().properties().forEach(each -> described.add(name + " " + each));
              }
            });
    assertThat(withAccessors).isEqualTo(described);
  }

  private static boolean isResource(ModelType<?> type) {
    return type.properties().contains("id")
        && type.properties().contains("type")
        && Identified.class.isAssignableFrom(type.empty().getClass());
  }

  @Test
  void everyUnionOfResources_isAResource() {
    for (Descriptions description : Descriptions.values()) {
      Class<?> resource =
          description == Descriptions.API
              ? io.github.persona4j.model.Resource.class
              : io.github.persona4j.mini.model.Resource.class;
      List<String> unions = new ArrayList<>();
      for (Class<?> type : description.classes()) {
        Class<?> unknown =
            Arrays.stream(type.getDeclaredClasses())
                .filter(each -> each.getSimpleName().equals("Unknown"))
                .findFirst()
                .orElse(null);
        if (unknown != null && Identified.class.isAssignableFrom(type)) {
          unions.add(type.getSimpleName());
          assertThat(resource).isAssignableFrom(type).isAssignableFrom(unknown);
        }
      }
      assertThat(unions)
          .containsExactlyInAnyOrder(
              description == Descriptions.API
                  ? new String[] {
                    "Document",
                    "Importer",
                    "ItemList",
                    "ListItem",
                    "RelatedObject",
                    "Report",
                    "Resource",
                    "Selfie",
                    "Verification"
                  }
                  : new String[] {"Pet", "Resource"});
    }
  }
}
