package io.github.persona4j;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.syntax.elements.ClassesShouldConjunction;
import com.tngtech.archunit.lang.syntax.elements.ClassesThat;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import io.github.persona4j.internal.call.OperationRunner;
import io.github.persona4j.internal.call.PagedCall;
import io.github.persona4j.internal.call.RelationshipFetcher;
import io.github.persona4j.internal.call.Retrieval;
import io.github.persona4j.operations.ClientOperations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Who may import whom; CONTRIBUTING.md has the same rules in words. */
class ImportRulesTest {
  private static final String ROOT = "io.github.persona4j";
  private static final String ERROR = ROOT + ".error..";
  private static final String FILE = ROOT + ".file..";
  private static final String PAGING = ROOT + ".paging..";
  private static final String RESPONSE = ROOT + ".response..";
  private static final String WAITER = ROOT + ".waiter..";
  private static final String WEBHOOK = ROOT + ".webhook..";
  private static final String OPERATIONS = ROOT + ".operations..";
  private static final String INTERNAL = ROOT + ".internal..";
  private static final String INTERNAL_HTTP = ROOT + ".internal.http..";
  private static final String INTERNAL_RETRY = ROOT + ".internal.retry..";
  private static final String INTERNAL_CALL = ROOT + ".internal.call..";
  private static final String INTERNAL_FILE = ROOT + ".internal.file..";
  private static final String[] GENERATED_CLIENT = {
    ROOT + ".json..", ROOT + ".request..", ROOT + ".resource..", ROOT + ".api..", ROOT + ".model.."
  };

  // Both modules: what the client of generated code imports is part of the rules.
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(ROOT);

  @Test
  void bothModules_areSeen() {
    assertThat(CLASSES.contain(PersonaClient.class)).isTrue();
    assertThat(CLASSES.contain(ClientOperations.class)).isTrue();
    assertThat(CLASSES.contain(io.github.persona4j.json.JsonException.class)).isTrue();
    assertThat(CLASSES.contain(MockApi.class)).isFalse();
  }

  @Test
  void generatedClient_importsNothingOfTheExtensions() {
    noneOf(GENERATED_CLIENT)
        .resideInAnyPackage(ROOT, ERROR, FILE, PAGING, RESPONSE, OPERATIONS, INTERNAL)
        .check(CLASSES);
  }

  @Test
  void error_importsNoOtherPackage() {
    noneOf(ERROR)
        .resideInAnyPackage(ROOT, FILE, PAGING, RESPONSE, OPERATIONS, INTERNAL)
        .check(CLASSES);
  }

  @Test
  void response_importsErrorOnly() {
    noneOf(RESPONSE).resideInAnyPackage(ROOT, FILE, PAGING, OPERATIONS, INTERNAL).check(CLASSES);
  }

  @Test
  void file_importsErrorOnly() {
    noneOf(FILE).resideInAnyPackage(ROOT, PAGING, RESPONSE, OPERATIONS, INTERNAL).check(CLASSES);
  }

  @Test
  void paging_importsErrorOnly() {
    noneOf(PAGING).resideInAnyPackage(ROOT, FILE, RESPONSE, OPERATIONS, INTERNAL).check(CLASSES);
  }

  @Test
  void webhook_importsNoOtherPackageAndNoHttpClient() {
    noneOf(WEBHOOK)
        .resideInAnyPackage(
            ROOT,
            ERROR,
            FILE,
            PAGING,
            RESPONSE,
            OPERATIONS,
            INTERNAL,
            "okhttp3..",
            "okio..",
            "retrofit2..")
        .check(CLASSES);
  }

  @Test
  void waiter_importsWhatItsRetrievalsNeedOnly_andOnlyTheRootImportsIt() {
    noneOf(WAITER).resideInAnyPackage(ROOT, FILE, RESPONSE).check(CLASSES);
    noneOf(ERROR, FILE, PAGING, RESPONSE, OPERATIONS, INTERNAL, WEBHOOK)
        .resideInAnyPackage(WAITER)
        .check(CLASSES);
  }

  @Test
  void onlyTheWaiter_importsWebhook() {
    noneOf(ROOT, ERROR, FILE, PAGING, RESPONSE, OPERATIONS, INTERNAL)
        .resideInAnyPackage(WEBHOOK)
        .check(CLASSES);
    noneOf(GENERATED_CLIENT).resideInAnyPackage(WEBHOOK).check(CLASSES);
  }

  @Test
  void operations_importFilesResponsesPagesAndWhatRunsTheirCallsOnly() {
    noClasses()
        .that()
        .resideInAPackage(OPERATIONS)
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(ROOT, ERROR, INTERNAL)
                .and(not(type(OperationRunner.class)))
                .and(not(type(PagedCall.class)))
                .and(not(type(RelationshipFetcher.class)))
                .and(not(belongToAnyOf(Retrieval.class))))
        .check(CLASSES);
  }

  @Test
  void root_doesNotImportPaging() {
    noneOf(ROOT).resideInAnyPackage(PAGING).check(CLASSES);
  }

  @Test
  void internalPackages_doNotImportTheRoot() {
    noneOf(INTERNAL).resideInAnyPackage(ROOT, OPERATIONS).check(CLASSES);
  }

  @Test
  void internalRetry_knowsNothingOfHttpClients() {
    noneOf(INTERNAL_RETRY)
        .resideInAnyPackage(
            INTERNAL_HTTP, INTERNAL_CALL, INTERNAL_FILE, "okhttp3..", "okio..", "retrofit2..")
        .check(CLASSES);
  }

  @Test
  void internalHttp_knowsNothingOfRetriesAndCalls() {
    noneOf(INTERNAL_HTTP)
        .resideInAnyPackage(INTERNAL_RETRY, INTERNAL_CALL, INTERNAL_FILE, FILE)
        .check(CLASSES);
  }

  @Test
  void internalCall_doesNotImportInternalFile() {
    noneOf(INTERNAL_CALL).resideInAnyPackage(INTERNAL_FILE).check(CLASSES);
  }

  @Test
  void internalPackages_butCall_knowNothingOfPages() {
    noneOf(INTERNAL_HTTP, INTERNAL_RETRY, INTERNAL_FILE).resideInAnyPackage(PAGING).check(CLASSES);
  }

  private static ClassesThat<ClassesShouldConjunction> noneOf(String... packages) {
    return noClasses().that().resideInAnyPackage(packages).should().dependOnClassesThat();
  }

  @Test
  void packages_haveNoCycles() {
    slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void classesOfTheRoot_haveNoCycles() {
    slices()
        .assignedFrom(
            new SliceAssignment() {
              @Override
              public SliceIdentifier getIdentifierOf(JavaClass type) {
                return type.getPackageName().equals(ROOT)
                    ? SliceIdentifier.of(type.getName().replaceFirst("(Builder)?(\\$.*)?$", ""))
                    : SliceIdentifier.ignore();
              }

              @Override
              public String getDescription() {
                return "the classes of the root, each with its builder";
              }
            })
        .should()
        .beFreeOfCycles()
        .check(CLASSES);
  }

  @Test
  void otherModules_importNoInternalPackage() throws IOException {
    Path project = Path.of("..");
    List<Path> sources = new ArrayList<>();
    for (String module :
        List.of(
            "testing",
            "contract-tests",
            "examples",
            "examples/micrometer",
            "examples/opentelemetry",
            "modules/micrometer",
            "modules/opentelemetry",
            "benchmarks")) {
      try (Stream<Path> files = Files.walk(project.resolve(module).resolve("src"))) {
        files.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
      }
    }
    assertThat(sources)
        .hasSizeGreaterThan(50)
        .allSatisfy(
            source ->
                assertThat(source).content().doesNotContain("import io.github.persona4j.internal"));
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
        .be(ApiOperation.class)
        .orShould()
        .be(AttemptReport.class)
        .orShould()
        .be(CallListener.class)
        .orShould()
        .be(CallListener.Factory.class)
        .orShould()
        .be(CallReport.class)
        .orShould()
        .be(CallReport.Failure.class)
        .orShould()
        .be(Credentials.class)
        .orShould()
        .be(OAuthCredentials.class)
        .orShould()
        .be(Environment.class)
        .orShould()
        .be(HostedFlow.class)
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
        .that()
        .doNotHaveFullyQualifiedName("io.github.persona4j.testing.FakePersonaMain") // a program
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
    // GsonAdapters takes a Gson, as its interface requires, and does not use it.
    noClasses()
        .should()
        .callCodeUnitWhere(target(owner(name("com.google.gson.Gson"))))
        .check(CLASSES);
  }
}
