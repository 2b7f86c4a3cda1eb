package io.github.persona4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which relationships the client can fetch, as the compiler sees it. */
class FetchCompileTest {
  @TempDir private Path classes;

  private List<String> errors(String statement) {
    String source =
        """
        import io.github.persona4j.*;
        import io.github.persona4j.model.*;
        import io.github.persona4j.request.RequestOptions;
        import java.util.*;
        class Code {
          void run(PersonaClient persona, InquiryResponse response, Inquiry inquiry, Case open,
              AamvaVerification aamva, WorkflowRun run, Transaction transaction,
              StringList list, RequestOptions options) {
            %s
          }
        }
        """
            .formatted(statement);
    DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
    List<String> arguments =
        List.of(
            "-proc:none", "-d", classes.toString(), "-cp", System.getProperty("java.class.path"));
    JavaFileObject file =
        new SimpleJavaFileObject(URI.create("string:///Code.java"), JavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreErrors) {
            return source;
          }
        };
    ToolProvider.getSystemJavaCompiler()
        .getTask(null, null, found, arguments, null, List.of(file))
        .call();
    return found.getDiagnostics().stream()
        .filter(each -> each.getKind() == Diagnostic.Kind.ERROR)
        .map(each -> each.getMessage(null))
        .toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Optional<Account> a = persona.fetch(inquiry.account());",
        "Optional<Account> a = persona.fetch(inquiry.account(), options);",
        "Optional<Account> a = response.related(inquiry.account())"
            + ".or(() -> persona.fetch(inquiry.account()));",
        "Optional<Document> d = persona.fetch(aamva.document());",
        "List<Verification> v = persona.fetchAll(inquiry.verifications());",
        "List<ListItem> i = persona.fetchAll(list.listItems(), options);",
        "persona.events().list(io.github.persona4j.api.EventsApi.ListQuery.builder()"
            + ".filterName(EventName.INQUIRY_APPROVED, EventName.of(\"x\")).build());",
        "Optional<Resource> r = persona.fetchAny(run.creator());",
        "List<Resource> r = persona.fetchAny(transaction.relatedObjects());",
      })
  void retrievableTarget_compiles(String statement) {
    assertThat(errors(statement)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "persona.fetch(inquiry.template());",
        "persona.fetch(inquiry.inquiryTemplateVersion());",
        "persona.fetch(run.workflow());",
        "persona.fetch(aamva.selfie());",
        "persona.fetch(run.creator());",
        "persona.fetchAny(run.workflow());",
        "persona.fetchAll(inquiry.selfies());",
        "persona.fetchAll(open.caseComments());",
        "persona.fetchAll(transaction.relatedObjects());",
        "Optional<Transaction> t = persona.fetch(inquiry.account());",
        "persona.fetch(inquiry.verifications());",
        "persona.fetchAll(inquiry.account());",
      })
  void otherTarget_doesNotCompile(String statement) {
    assertThat(errors(statement)).isNotEmpty();
  }
}
