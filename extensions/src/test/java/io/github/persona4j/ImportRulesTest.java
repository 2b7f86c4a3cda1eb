package io.github.persona4j;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Who may import whom; CONTRIBUTING.md has the same rules in words. */
class ImportRulesTest {
  private static final String ROOT = "io.github.persona4j";
  private static final String ERROR = ROOT + ".error..";
  private static final String FILE = ROOT + ".file..";
  private static final String JSONAPI = ROOT + ".jsonapi..";
  private static final String PAGING = ROOT + ".paging..";
  private static final String INTERNAL = ROOT + ".internal..";
  private static final String CALL = ROOT + ".internal.call..";
  private static final String INTERNAL_FILE = ROOT + ".internal.file..";
  private static final String HTTP = ROOT + ".internal.http..";
  private static final String RETRY = ROOT + ".internal.retry..";
  private static final String WEBHOOK = ROOT + ".webhook..";
  private static final String[] GENERATED_CLIENT = {
    ROOT + ".json..", ROOT + ".request..", ROOT + ".api..", ROOT + ".model.."
  };

  // Both modules: what the client of generated code imports is part of the rules.
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(ROOT);

  @Test
  void bothModules_areSeen() {
    assertThat(CLASSES.contain(PersonaClient.class)).isTrue();
    assertThat(CLASSES.contain(io.github.persona4j.json.JsonException.class)).isTrue();
    assertThat(CLASSES.contain(MockApi.class)).isFalse();
  }

  @Test
  void generatedClient_importsNothingOfTheExtensions() {
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
  void root_importsNeitherJsonapiNorPaging() {
    noClasses()
        .that()
        .resideInAPackage(ROOT)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(JSONAPI, PAGING, WEBHOOK)
        .check(CLASSES);
  }

  @Test
  void paging_importsErrorOnly() {
    noClasses()
        .that()
        .resideInAPackage(PAGING)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(ROOT, FILE, JSONAPI, WEBHOOK, INTERNAL)
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
        .allowEmptyShould(true) // there is no such package yet
        .check(CLASSES);
  }

  @Test
  void publicPackages_importNothingInternal() {
    noClasses()
        .that()
        .resideInAnyPackage(ERROR, FILE, JSONAPI, PAGING)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(INTERNAL)
        .check(CLASSES);
  }

  @Test
  void internal_importsNothingOfTheRoot() {
    noClasses()
        .that()
        .resideInAPackage(INTERNAL)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(ROOT, JSONAPI, PAGING)
        .check(CLASSES);
  }

  @Test
  void httpAndRetry_areIndependent() {
    noClasses()
        .that()
        .resideInAPackage(HTTP)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(RETRY, CALL, INTERNAL_FILE, FILE)
        .check(CLASSES);
    noClasses()
        .that()
        .resideInAPackage(RETRY)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(HTTP, CALL, INTERNAL_FILE, FILE, "okhttp3..", "retrofit2..")
        .check(CLASSES);
  }

  @Test
  void call_doesNotImportFiles() {
    noClasses()
        .that()
        .resideInAPackage(CALL)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(INTERNAL_FILE, FILE)
        .check(CLASSES);
  }

  @Test
  void root_showsTheClientAndItsSettingsOnly() {
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
  void nothing_printsOrLogs() {
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
  void nothing_readsOrWritesJsonByReflection() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("com.google.gson.Gson")
        .check(CLASSES);
  }
}
