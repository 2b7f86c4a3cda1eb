package io.github.persona4j.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openapitools.codegen.CodegenDiscriminator;
import org.openapitools.codegen.CodegenModel;
import org.openapitools.codegen.CodegenProperty;

class ResourcesTest {
  private final Map<String, CodegenModel> models = new TreeMap<>();
  private CodegenModel relationships;

  /** A dog has an owner and a doctor; dogs and cats are pets. */
  @BeforeEach
  void describe() {
    union("Resource", "Dog", "Cat", "Owner");
    union("Pet", "Dog", "Cat");
    model("Dog", property("relationships", "DogRelationships"), property("name", "String"));
    model("Cat");
    model("Owner");
    CodegenProperty type = property("type", "String");
    type.isEnum = true;
    type._enum = List.of("owner");
    model("OwnerIdentifier", type, property("id", "String"));
    model("DoctorIdentifier", property("type", "String"), property("id", "String"));
    relationship("OwnerRelationship", "OwnerIdentifier");
    relationship("DoctorRelationship", "DoctorIdentifier");
    relationships =
        model(
            "DogRelationships",
            property("owner", "OwnerRelationship"),
            property("doctor", "DoctorRelationship"));
  }

  private CodegenModel model(String name, CodegenProperty... properties) {
    CodegenModel model = new CodegenModel();
    model.classname = name;
    model.name = name;
    model.description = "A " + name + ".";
    model.vars = new ArrayList<>(Arrays.asList(properties));
    models.put(name, model);
    return model;
  }

  private void union(String name, String... members) {
    CodegenModel union = model(name);
    union.oneOf = new LinkedHashSet<>(Arrays.asList(members));
    CodegenDiscriminator discriminator = new CodegenDiscriminator();
    for (String member : members) {
      discriminator
          .getMappedModels()
          .add(new CodegenDiscriminator.MappedModel(member.toLowerCase(Locale.ROOT), member));
    }
    union.setDiscriminator(discriminator);
  }

  private void relationship(String name, String identifier) {
    CodegenProperty data = property("data", identifier);
    data.vendorExtensions.put("x-relationship", true);
    model(name, data);
  }

  private static CodegenProperty property(String name, String type) {
    CodegenProperty property = new CodegenProperty();
    property.baseName = name;
    property.name = name;
    property.dataType = type;
    return property;
  }

  private CodegenModel known(String name) {
    return Objects.requireNonNull(models.get(name), name);
  }

  private CodegenModel described(String name) {
    new Resources(new Models(models.values())).describe(Set.of("Pet"));
    return known(name);
  }

  @SuppressWarnings("unchecked")
  private List<Map<String, String>> relations() {
    return (List<Map<String, String>>)
        Objects.requireNonNull(described("Dog").vendorExtensions.get("relations"));
  }

  @Test
  void relationship_pointsToTheResourceWithTheTypeOfItsIdentifier() {
    assertThat(relations().get(0))
        .containsEntry("name", "owner")
        .containsEntry("kind", "ToOne")
        .containsEntry("target", "Owner");
  }

  @Test
  void relationshipToAnUnknownType_pointsToResource() {
    assertThat(relations().get(1)).containsEntry("target", "Resource");
  }

  @Test
  void extensionOfTheIdentifier_namesTheTarget() {
    known("DoctorIdentifier").vendorExtensions.put("x-resource", "Pet");

    assertThat(relations().get(1)).containsEntry("target", "Pet");
  }

  @Test
  void extensionThatNamesNoResource_isRefused() {
    known("DoctorIdentifier").vendorExtensions.put("x-resource", "Doctor");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> described("Dog"))
        .withMessage("the schema DoctorIdentifier: x-resource is Doctor, which is no resource");
  }

  @Test
  void relationshipWithTheNameOfAnAccessor_isRefused() {
    for (String name : List.of("name", "toJson", "toBuilder", "relationships", "hashCode")) {
      relationships.vars.set(0, property(name, "OwnerRelationship"));

      assertThatIllegalArgumentException()
          .isThrownBy(() -> described("Dog"))
          .withMessage(
              "the schema DogRelationships: the relationship '"
                  + name
                  + "' needs the accessor "
                  + name
                  + "(), which Dog has already");
    }
  }

  @Test
  void relationshipWithoutItsExtension_isRefused() {
    known("OwnerRelationship").vars.get(0).vendorExtensions.clear();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> described("Dog"))
        .withMessage(
            "the schema DogRelationships: 'owner' is no relationship: it has no x-relationship");
  }

  @Test
  void unionOfResources_isAResourceAndRetrievableIfAnOperationRetrievesIt() {
    assertThat(described("Pet").vendorExtensions.get("superInterfaces"))
        .isEqualTo(List.of("Resource", "Retrievable"));
    assertThat(known("Dog").interfaces).isNull();
    assertThat(known("Resource").vendorExtensions.get("superInterfaces"))
        .isEqualTo(List.of("Identified"));
  }
}
