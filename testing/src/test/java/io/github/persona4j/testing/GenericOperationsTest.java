package io.github.persona4j.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.gson.JsonObject;
import io.github.persona4j.testing.TestClient.TestResponse;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Operations that follow from the description, by the example of some resources. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GenericOperationsTest {
  private final FakePersona persona = FakePersona.start();
  private final TestClient client = new TestClient(persona);

  @AfterAll
  void close() {
    persona.close();
  }

  private TestResponse patch(String path, String body) throws IOException {
    return client.send(
        client.request(path).method("PATCH", BodyPublishers.ofString(body.replace('\'', '"'))));
  }

  private TestResponse delete(String path) throws IOException {
    return client.send(client.request(path).DELETE());
  }

  private TestResponse post(String path, String body) throws IOException {
    return client.post(path, body.replace('\'', '"'));
  }

  private static String id(TestResponse response) {
    return response.data().get("id").getAsString();
  }

  private List<String> eventNames(String objectId) throws IOException {
    return client
        .get("/events?page%5Bsize%5D=100&filter%5Bobject-id%5D=" + objectId)
        .items()
        .stream()
        .map(event -> event.getAsJsonObject("attributes").get("name").getAsString())
        .toList();
  }

  @Test
  void account_isCreatedUpdatedAndRedacted() throws IOException {
    TestResponse created =
        post(
            "/accounts",
            "{'data':{'attributes':{'referenceId':'own-1','name_first':'Ada','country-code':'US',"
                + "'tags':['vip'],'fields':{'level':3}}}}");
    assertThat(created.status()).isEqualTo(201);
    String id = id(created);
    assertThat(id).startsWith("act_");
    JsonObject fields = created.attributes().getAsJsonObject("fields");
    assertThat(fields.toString())
        .contains("\"first\":{\"type\":\"string\",\"value\":\"Ada\"}")
        .contains("\"country_code\":{\"type\":\"string\",\"value\":\"US\"}")
        .contains("\"level\":{\"type\":\"number\",\"value\":3}");
    assertThat(client.get("/accounts/" + id).data()).isEqualTo(created.data());
    assertThat(client.get("/accounts?filter%5Breference-id%5D=own-1").ids()).containsExactly(id);
    assertThat(
            client
                .get("/accounts/" + id + "?include=account-type")
                .included()
                .get(0)
                .get("type")
                .getAsString())
        .isEqualTo("account-type");

    TestResponse updated =
        patch(
            "/accounts/" + id,
            "{'data':{'attributes':{'name-last':'Example','name-first':null,'fields':{'level':4}}}}");
    assertThat(updated.attributes().getAsJsonObject("fields").toString())
        .contains("\"first\":{\"type\":\"string\",\"value\":null}")
        .contains("\"last\":{\"type\":\"string\",\"value\":\"Example\"}")
        .contains("\"level\":{\"type\":\"number\",\"value\":4}");
    assertThat(updated.attributes().get("reference-id").getAsString()).isEqualTo("own-1");

    TestResponse redacted = delete("/accounts/" + id);
    assertThat(redacted.attributes().get("redacted-at").isJsonNull()).isFalse();
    assertThat(redacted.attributes().get("reference-id").isJsonNull()).isTrue();
    assertThat(redacted.attributes().get("tags").getAsJsonArray()).isEmpty();
    assertThat(redacted.body()).doesNotContain("Example").doesNotContain("\"value\":4");
    assertThat(delete("/accounts/" + id).data()).isEqualTo(redacted.data());
    assertThat(eventNames(id))
        .containsExactly("account.redacted", "account.updated-fields", "account.created");
  }

  @Test
  void status_whenChanged_hasAnEventOfItsOwn() throws IOException {
    String id = id(post("/accounts", "{'data':{'attributes':{}}}"));
    String body = "{'data':{'attributes':{'account-status':'Blocked'}}}";
    patch("/accounts/" + id, body);
    patch("/accounts/" + id, body);

    assertThat(eventNames(id))
        .containsExactly(
            "account.updated-fields",
            "account.status-updated",
            "account.updated-fields",
            "account.created");
    String transaction = id(post("/transactions", "{'data':{'attributes':{}}}"));
    patch("/transactions/" + transaction, "{'data':{'attributes':{'status':'approved'}}}");
    assertThat(eventNames(transaction))
        .containsExactly(
            "transaction.status-updated", "transaction.updated-fields", "transaction.created");
  }

  @Test
  void eventPayload_isTheObjectAsItWas() throws IOException {
    TestResponse created = post("/accounts", "{'data':{'attributes':{'reference-id':'then'}}}");
    patch("/accounts/" + id(created), "{'data':{'attributes':{'reference-id':'now'}}}");

    List<JsonObject> events = client.get("/events?filter%5Bobject-id%5D=" + id(created)).items();
    assertThat(events).hasSize(2);
    assertThat(events.get(1).toString()).contains("\"then\"").doesNotContain("\"now\"");
    assertThat(events.get(0).toString()).contains("\"now\"").doesNotContain("\"then\"");
  }

  @Test
  void upsert_updatesTheAccountWithTheReference() throws IOException {
    String body =
        "{'data':{'attributes':{'reference-id':'up-1','name-first':'%s'}},"
            + "'meta':{'upsert-by':'reference-id'}}";
    TestResponse first = post("/accounts", String.format(body, "Ada"));
    TestResponse second = post("/accounts", String.format(body, "Eve"));

    assertThat(first.status()).isEqualTo(201);
    assertThat(second.status()).isEqualTo(200);
    assertThat(id(second)).isEqualTo(id(first));
    assertThat(second.body()).contains("Eve");
    assertThat(eventNames(id(first))).containsExactly("account.updated-fields", "account.created");
    assertThat(
            post("/accounts", "{'data':{'attributes':{}},'meta':{'upsert-by':'reference-id'}}")
                .status())
        .isEqualTo(422);
    assertThat(
            post(
                    "/accounts",
                    "{'data':{'attributes':{'reference-id':'a'}},'meta':{'upsert-by':'name'}}")
                .status())
        .isEqualTo(422);
  }

  @Test
  void list_isCreatedAndArchived() throws IOException {
    TestResponse list = post("/list/names", "{'data':{'attributes':{'name':'Blocked'}}}");
    assertThat(list.data().get("type").getAsString()).isEqualTo("list/name");
    assertThat(list.attributes().get("status").getAsString()).isEqualTo("active");
    assertThat(client.get("/lists").ids()).contains(id(list));
    assertThat(client.get("/lists/" + id(list)).data()).isEqualTo(list.data());

    TestResponse archived = delete("/lists/" + id(list));
    assertThat(archived.attributes().get("status").getAsString()).isEqualTo("archived");
    assertThat(archived.attributes().get("archived-at").isJsonNull()).isFalse();
    assertThat(client.get("/lists?filter%5Bstatus%5D=archived").ids()).contains(id(list));
    assertThat(client.get("/lists?filter%5Bstatus%5D=active").ids()).doesNotContain(id(list));
  }

  @Test
  void objectOfAnotherType_isNotFound() throws IOException {
    TestResponse list = post("/list/names", "{'data':{'attributes':{'name':'A'}}}");
    assertThat(client.get("/accounts/" + id(list)).status()).isEqualTo(404);
    String selfie = persona.ids("verification/selfie").get(0);
    assertThat(client.get("/verification/selfies/" + selfie).status()).isEqualTo(200);
    assertThat(client.get("/verifications/" + selfie).status()).isEqualTo(200);
    assertThat(client.get("/verification/documents/" + selfie).status()).isEqualTo(404);
  }

  @Test
  void typesThatTheApiCannotCreate_haveAnExample() throws IOException {
    assertThat(client.get("/api-logs").ids()).hasSize(1);
    assertThat(client.get("/user-audit-logs").ids()).hasSize(1);
    for (String type : List.of("device", "workflow-version", "verification/aamva")) {
      assertThat(persona.ids(type)).as(type).hasSize(1);
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> persona.ids("nothing"))
        .withMessageContaining("type");
    assertThat(client.get("/devices/" + persona.ids("device").get(0)).status()).isEqualTo(200);
  }

  @Test
  void unknownTemplate_existsOnceARequestNamesIt() throws IOException {
    assertThat(client.get("/inquiry-templates/itmpl_own").status()).isEqualTo(404);
    post("/inquiries", "{'data':{'attributes':{'inquiry-template-id':'itmpl_own'}}}");
    assertThat(client.get("/inquiry-templates/itmpl_own").status()).isEqualTo(200);
    assertThat(
            post(
                    "/cases",
                    "{'data':{'attributes':{'case-template-id':'ctmpl_own'}},"
                        + "'meta':{'object-ids':[]}}")
                .status())
        .isEqualTo(201);
    assertThat(client.get("/case-templates/ctmpl_own").status()).isEqualTo(200);
  }

  @Test
  void tags_areAddedRemovedAndSet() throws IOException {
    String id = id(post("/accounts", "{'data':{'attributes':{'tags':['a']}}}"));
    String path = "/accounts/" + id;

    assertThat(tags(post(path + "/add-tag", "{'meta':{'tag-name':'b'}}")))
        .isEqualTo("[\"a\",\"b\"]");
    assertThat(tags(post(path + "/add-tag", "{'meta':{'tag-name':'b'}}")))
        .isEqualTo("[\"a\",\"b\"]");
    assertThat(tags(post(path + "/remove-tag", "{'meta':{'tag-id':'a'}}"))).isEqualTo("[\"b\"]");
    assertThat(tags(post(path + "/set-tags", "{'meta':{'tag-name':['x','y']}}")))
        .isEqualTo("[\"x\",\"y\"]");
    assertThat(tags(post(path + "/set-tags", "{'meta':{'tag-name':[]}}"))).isEqualTo("[]");
    assertThat(post(path + "/add-tag", "{'meta':{}}").status()).isEqualTo(400);
    assertThat(post(path + "/set-tags", "{'meta':{}}").status()).isEqualTo(400);
    assertThat(eventNames(id))
        .contains("account.tag-added", "account.tag-removed", "account.created")
        .filteredOn(name -> name.equals("account.updated-tags"))
        .hasSize(4);
  }

  private static String tags(TestResponse response) {
    return response.attributes().get("tags").toString();
  }

  @Test
  void relations_areAddedListedAndRemoved() throws IOException {
    String account = id(post("/accounts", "{'data':{'attributes':{}}}"));
    String other = id(post("/accounts", "{'data':{'attributes':{}}}"));
    String relation =
        "{'meta':{'relation-schema-key':'parent','target-object-id':'" + other + "'}}";
    String list = "/accounts/" + account + "/relations?filter%5Bkey%5D=";

    assertThat(post("/accounts/" + account + "/add-relation", relation).status()).isEqualTo(200);
    post("/accounts/" + account + "/add-relation", relation);
    assertThat(client.get(list + "parent").ids()).containsExactly(other);
    assertThat(client.get(list + "child").ids()).isEmpty();
    assertThat(client.get(list + "parent&filter%5Bcreated-at-end%5D=2020-01-01T00:00:00Z").ids())
        .isEmpty();
    assertThat(client.get("/accounts/" + account + "/relations").status()).isEqualTo(400);

    post("/accounts/" + account + "/remove-relation", relation);
    assertThat(client.get(list + "parent").ids()).isEmpty();
    assertThat(eventNames(account))
        .containsExactly("account.removed-relation", "account.added-relation", "account.created");
    assertThat(
            post(
                    "/accounts/" + account + "/add-relation",
                    "{'meta':{'relation-schema-key':'parent','target-object-id':'act_none'}}")
                .status())
        .isEqualTo(404);
  }

  @Test
  void objects_areAddedToAndRemovedFromACase() throws IOException {
    String account = id(post("/accounts", "{'data':{'attributes':{}}}"));
    TestResponse created =
        post(
            "/cases",
            "{'data':{'attributes':{'case-template-id':'ctmpl_x'}},'meta':{'object-ids':['"
                + account
                + "'],'sla-expires-in-seconds':60}}");
    String path = "/cases/" + id(created);
    String objects = "{'meta':{'object-ids':['" + account + "']}}";

    assertThat(created.attributes().get("sla-expires-at").isJsonNull()).isFalse();
    assertThat(client.get("/cases?filter%5Baccount-id%5D=" + account).ids())
        .containsExactly(id(created));
    assertThat(post(path + "/remove-objects", objects).body()).doesNotContain(account);
    assertThat(post(path + "/add-objects", objects).body()).contains(account);
    assertThat(post(path + "/add-objects", "{'meta':{'object-ids':['act_none']}}").status())
        .isEqualTo(404);
    String template = persona.ids("inquiry-template").get(0);
    assertThat(post(path + "/add-objects", "{'meta':{'object-ids':['" + template + "']}}").status())
        .isEqualTo(422);
    TestResponse assigned =
        post(path + "/assign", "{'meta':{'user-email-address':'ada@example.com'}}");
    assertThat(assigned.attributes().get("assignee-id").getAsString()).startsWith("user_");
    assertThat(eventNames(id(created))).contains("case.assigned", "case.created");
  }

  @Test
  void consolidation_movesInquiries() throws IOException {
    String source = id(post("/accounts", "{'data':{'attributes':{}}}"));
    String target = id(post("/accounts", "{'data':{'attributes':{}}}"));
    String inquiry =
        id(
            post(
                "/inquiries",
                "{'data':{'attributes':{'inquiry-template-id':'itmpl_x','account-id':'"
                    + source
                    + "'}}}"));

    TestResponse response =
        post(
            "/accounts/" + target + "/consolidate",
            "{'meta':{'source-account-ids':['" + source + "']}}");

    assertThat(response.status()).isEqualTo(202);
    assertThat(client.get("/inquiries?filter%5Baccount-id%5D=" + target).ids())
        .containsExactly(inquiry);
    assertThat(eventNames(source)).contains("account.consolidated");
    assertThat(eventNames(target)).contains("account.consolidated-with");
    assertThat(
            post(
                    "/accounts/" + target + "/consolidate",
                    "{'meta':{'source-account-ids':['" + target + "']}}")
                .status())
        .isEqualTo(422);
  }

  @Test
  void fileInARequest_becomesALink() throws IOException {
    String id = id(post("/cases", "{'data':{'attributes':{'case-template-id':'ctmpl_x'}}}"));
    TestResponse updated =
        patch(
            "/cases/" + id,
            "{'data':{'attributes':{'attachments':[{'filename':'a b.txt','data':'aGVsbG8='}]}}}");
    JsonObject file = updated.attributes().getAsJsonArray("attachments").get(0).getAsJsonObject();
    assertThat(file.get("filename").getAsString()).isEqualTo("a b.txt");
    assertThat(file.get("byte-size").getAsInt()).isEqualTo(5);
    assertThat(file.get("url").getAsString()).contains("a+b.txt");
    assertThat(file.has("data")).isFalse();
  }

  @Test
  void include_goesOneLevelDeepAndNoDeeper() throws IOException {
    String id = client.get("/inquiries").ids().get(0);
    assertThat(client.get("/inquiries/" + id + "?include=account.account-type").included())
        .extracting(resource -> resource.get("type").getAsString())
        .containsExactlyInAnyOrder("account", "account-type");
    assertThat(
            client
                .get("/inquiries/" + id + "?include=account.account-type.account-statuses")
                .status())
        .isEqualTo(400);
    assertThat(client.get("/inquiries/" + id + "?include=account.nothing").status()).isEqualTo(400);
  }

  @Test
  void sparseFieldsOfAFamily_areForAllItsTypes() throws IOException {
    String id = persona.ids("verification/selfie").get(0);
    TestResponse response = client.get("/verifications/" + id + "?fields%5Bverification%5D=status");
    assertThat(response.attributes().keySet()).containsExactly("status");
  }

  @Test
  void parametersAndPathsThatDoNotExist_areRejected() throws IOException {
    assertThat(client.get("/accounts?filter%5Bname%5D=a").status()).isEqualTo(400);
    assertThat(client.get("/lists?filter%5Bstatus%5D=active&page%5Bnumber%5D=1").status())
        .isEqualTo(400);
    assertThat(client.get("/devices").status()).isEqualTo(400); // a filter is required
    assertThat(post("/devices", "{}").status()).isEqualTo(404);
    assertThat(client.get("/api/privacy/v1/events").status()).isEqualTo(404);
  }
}
