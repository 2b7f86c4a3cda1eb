package io.github.persona4j.generator;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.persona4j.generator.OperationForms.Body;
import io.github.persona4j.generator.OperationForms.Query;
import io.github.persona4j.generator.OperationForms.ShorterBody;
import java.util.List;
import org.junit.jupiter.api.Test;

class OperationFormsTest {
  private static final List<Parameter> ID =
      List.of(new Parameter("String", "id", "check(id);", "the ID"));
  private static final Query QUERY = new Query("ListQuery", "ListQuery.none()", true);
  private static final Body BODY =
      new Body(
          Parameter.required("CreateRequest", "body", "the body"),
          List.of(
              new ShorterBody(
                  "", List.of(Parameter.lambda("A", "a", "sets it")), "built(a)", "with a")));

  private static List<String> shown(List<Form> forms) {
    return forms.stream()
        .map(form -> form.method() + "(" + Form.signature(form.parameters()) + "): " + form.call())
        .toList();
  }

  @Test
  void operationWithNothingOptional_hasOneForm() {
    assertThat(shown(OperationForms.of("retrieve", ID, null, null)))
        .containsExactly("retrieve(String id): api.retrieve(id, options)");
  }

  @Test
  void operationWithAQuery_mayLeaveItOutOrFillIt() {
    assertThat(shown(OperationForms.of("list", ID, null, QUERY)))
        .containsExactly(
            "list(String id): list(id, ListQuery.none(), options)",
            "list(String id, Consumer<ListQuery.Builder> query): list(id,"
                + " UrlArgument.fill(\"query\", query, ListQuery.builder()).build(), options)",
            "list(String id, ListQuery query): api.list(id, query, options)");
  }

  @Test
  void queryWithoutABuilder_hasNoFormWithAFunction() {
    assertThat(
            OperationForms.of("list", ID, null, new Query("ListQuery", "none()", false)).stream()
                .map(form -> Form.names(form.parameters())))
        .containsExactly("id", "id, query");
  }

  @Test
  void operationWithBodyAndQuery_hasNoTwoFunctionsAtOnePosition() {
    assertThat(shown(OperationForms.of("create", ID, BODY, QUERY)))
        .containsExactly(
            "create(String id, Consumer<A.Builder> a): create(id, built(a), options)",
            "create(String id, CreateRequest body): create(id, body, ListQuery.none(), options)",
            "create(String id, CreateRequest body, ListQuery query): api.create(id, body, query,"
                + " options)");
  }

  @Test
  void bodyWithoutQuery_isSentAsItIs() {
    assertThat(shown(OperationForms.of("create", List.of(), BODY, null)))
        .containsExactly(
            "create(Consumer<A.Builder> a): create(built(a), options)",
            "create(CreateRequest body): api.create(body, options)");
  }

  @Test
  void link_namesErasedTypes() {
    Form form = OperationForms.of("create", ID, BODY, null).get(0);

    assertThat(Form.link(form.method(), form.withOptions()))
        .isEqualTo("create(String, Consumer, RequestOptions)");
  }
}
