package io.github.persona4j.testing;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The fake shares no code with the client, so that it cannot share an error. */
class ImportRulesTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.github.persona4j.testing");

  @Test
  void fake_importsNeitherTheClientNorTestLibraries() {
    assertThat(CLASSES.contain(FakePersona.class)).isTrue();

    noClasses()
        .that()
        .resideInAnyPackage("io.github.persona4j.testing", "io.github.persona4j.testing.internal..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.github.persona4j",
            "io.github.persona4j.api..",
            "io.github.persona4j.json..",
            "io.github.persona4j.model..",
            "io.github.persona4j.request..",
            "io.github.persona4j.resource..",
            "io.github.persona4j.search..",
            "io.github.persona4j.testing.assertj..",
            "io.github.persona4j.testing.junit..",
            "io.github.persona4j.testing.models..",
            "org.assertj..",
            "org.junit..")
        .check(CLASSES);
  }

  @Test
  void models_doNotImportTheFake() {
    noClasses()
        .that()
        .resideInAPackage("io.github.persona4j.testing.models")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.github.persona4j.testing", "io.github.persona4j.testing.internal..")
        .check(CLASSES);
  }

  @Test
  void internalPackages_doNotImportTheRoot() {
    noClasses()
        .that()
        .resideInAPackage("io.github.persona4j.testing.internal..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.github.persona4j.testing")
        .check(CLASSES);
  }

  @Test
  void internalPackages_haveNoCycles() {
    slices()
        .matching("io.github.persona4j.testing.internal.(*)..")
        .should()
        .beFreeOfCycles()
        .check(CLASSES);
  }
}
