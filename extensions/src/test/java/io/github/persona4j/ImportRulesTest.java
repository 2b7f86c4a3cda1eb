package io.github.persona4j;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Which package may import which; CONTRIBUTING.md describes the same rules. */
class ImportRulesTest {
  private static final String ROOT = "io.github.persona4j";
  private static final String ERROR = ROOT + ".error..";
  private static final String FILE = ROOT + ".file..";
  private static final String JSONAPI = ROOT + ".jsonapi..";
  private static final String PAGING = ROOT + ".paging..";
  private static final String WEBHOOK = ROOT + ".webhook..";
  private static final String[] GENERATED_CLIENT = {
    ROOT + ".json..", ROOT + ".request..", ROOT + ".api..", ROOT + ".model.."
  };

  // Both modules, since the rules include imports of the generated client.
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(ROOT);

  @Test
  void bothModules_areImported() {
    assertThat(CLASSES.contain(PersonaClient.class)).isTrue();
    assertThat(CLASSES.contain(io.github.persona4j.json.JsonException.class)).isTrue();
    assertThat(CLASSES.contain(MockApi.class)).isFalse();
  }

  @Test
  void generatedClient_importsNothingOfExtensions() {
    noClasses()
        .that()
        .resideInAnyPackage(GENERATED_CLIENT)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(ROOT, ERROR, FILE, JSONAPI, PAGING, WEBHOOK)
        .check(CLASSES);
  }

  @Test
  void error_importsNoOtherPackage() {
    noClasses()
        .that()
        .resideInAPackage(ERROR)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(ROOT, FILE, JSONAPI, PAGING, WEBHOOK)
        .check(CLASSES);
  }

  @Test
  void file_importsErrorOnly() {
    noClasses()
        .that()
        .resideInAPackage(FILE)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(ROOT, JSONAPI, PAGING, WEBHOOK)
        .check(CLASSES);
  }

  @Test
  void jsonapi_importsNoOtherPackage() {
    noClasses()
        .that()
        .resideInAPackage(JSONAPI)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(ROOT, ERROR, FILE, PAGING, WEBHOOK)
        .check(CLASSES);
  }

  @Test
  void root_importsErrorAndFileOnly() {
    noClasses()
        .that()
        .resideInAPackage(ROOT)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(JSONAPI, PAGING, WEBHOOK)
        .check(CLASSES);
  }

  @Test
  void paging_importsRootAndErrorOnly() {
    noClasses()
        .that()
        .resideInAPackage(PAGING)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(FILE, JSONAPI, WEBHOOK)
        .check(CLASSES);
  }

  @Test
  void webhook_importsErrorOnly() {
    noClasses()
        .that()
        .resideInAPackage(WEBHOOK)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(ROOT, FILE, JSONAPI, PAGING)
        .allowEmptyShould(true) // the package is empty yet
        .check(CLASSES);
  }

  @Test
  void root_exposesOnlyClientAndSettings() {
    classes()
        .that()
        .resideInAPackage(ROOT)
        .and()
        .haveModifier(JavaModifier.PUBLIC)
        .should()
        .be(PersonaClient.class)
        .orShould()
        .be(PersonaClientBuilder.class)
        .orShould()
        .be(ApiResponse.class)
        .orShould()
        .be(ApiOperation.class)
        .orShould()
        .be(CallListener.class)
        .orShould()
        .be(CallListener.Factory.class)
        .orShould()
        .be(CallReport.class)
        .orShould()
        .be(CallReport.Failure.class)
        .orShould()
        .be(Environment.class)
        .orShould()
        .be(RequestLog.class)
        .orShould()
        .be(RetryPolicy.class)
        .orShould()
        .be(RetryPolicy.Builder.class)
        .orShould()
        .be(RetryPolicy.AfterServerError.class)
        .check(CLASSES);
  }

  @Test
  void noClass_printsOrLogs() {
    noClasses()
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .orShould()
        .dependOnClassesThat()
        .resideInAnyPackage("java.util.logging..", "org.slf4j..")
        .check(CLASSES);
  }

  @Test
  void noClass_usesReflectiveJson() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("com.google.gson.Gson")
        .check(CLASSES);
  }
}
