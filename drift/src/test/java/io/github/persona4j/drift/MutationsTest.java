package io.github.persona4j.drift;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Our description against changes of itself: each is named, and nothing else. */
@Tag("slow")
class MutationsTest {
  private static final List<String> METHODS = List.of("get", "post", "patch", "delete", "put");

  @TempDir Path folder;

  /** Changes a description at random and returns the expected differences, "rule | place". */
  private interface Mutation {
    List<String> apply(Changing description);
  }

  private static final Map<String, Mutation> MUTATIONS = mutations();

  private static Map<String, Mutation> mutations() {
    Map<String, Mutation> all = new TreeMap<>();
    all.put("operation removed", Changing::removeOperation);
    all.put("operation added", Changing::addOperation);
    all.put("operation deprecated", Changing::deprecateOperation);
    all.put("error status removed", Changing::removeErrorStatus);
    all.put("error status added", Changing::addErrorStatus);
    all.put("parameter added", description -> description.addParameter(false));
    all.put("parameter added required", description -> description.addParameter(true));
    all.put("parameter removed", Changing::removeParameter);
    all.put("path parameter renamed", Changing::renamePathParameter);
    all.put("filter required", Changing::requireFilter);
    all.put("body need", Changing::changeBodyNeed);
    all.put("request property added", description -> description.addRequestProperty(false));
    all.put("request property added required", description -> description.addRequestProperty(true));
    all.put("request property removed", Changing::removeRequestProperty);
    all.put("success content type", Changing::addContentType);
    all.put("header removed", Changing::removeHeader);
    all.put("security dropped", Changing::dropSecurity);
    all.put(
        "attribute removed", description -> description.removeMember("attributes", "attribute"));
    all.put("attribute added", description -> description.addMember("attributes", "attribute"));
    all.put("attribute type", Changing::changeAttributeType);
    all.put("attribute null", Changing::changeAttributeNull);
    all.put("attribute deprecated", Changing::deprecateAttribute);
    all.put("known value added", Changing::addKnownValue);
    all.put(
        "relationship removed",
        description -> description.removeMember("relationships", "relationship"));
    all.put(
        "relationship added",
        description -> description.addMember("relationships", "relationship"));
    all.put("resource renamed", Changing::renameResource);
    all.put("webhook removed", Changing::removeWebhook);
    all.put("webhook added", Changing::addWebhook);
    return all;
  }

  static Set<String> kinds() {
    return MUTATIONS.keySet();
  }

  record Case(String kind, long seed) {}

  static List<Case> cases() {
    List<Case> cases = new ArrayList<>();
    for (String kind : kinds()) {
      IntStream.rangeClosed(1, 3).forEach(seed -> cases.add(new Case(kind, seed)));
    }
    return cases;
  }

  private static List<String> apply(String kind, Changing changing) {
    return Objects.requireNonNull(MUTATIONS.get(kind)).apply(changing);
  }

  private static final class Original {
    static final Description DESCRIPTION = Description.of(Documents.read(OurDescription.FOLDER));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void mutation_isNamedAndNothingElse(Case mutation) {
    Changing changing = new Changing(OurDescription.bundle(), new Random(mutation.seed() * 31 + 7));
    List<String> expected = apply(mutation.kind(), changing);
    Description now = JsonText.description(folder, "changed", changing.root);
    assertThat(Comparison.of(Original.DESCRIPTION, now))
        .extracting(difference -> difference.rule() + " | " + difference.place())
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void reversedMutation_isFoundToo(String kind) {
    Changing changing = new Changing(OurDescription.bundle(), new Random(99));
    List<String> expected = apply(kind, changing);
    Description now = JsonText.description(folder, "changed", changing.root);
    assertThat(Comparison.of(now, Original.DESCRIPTION)).hasSameSizeAs(expected);
  }

  @Test
  void cases_areMany() {
    assertThat(cases()).hasSizeGreaterThan(60);
  }

  /** A description that is being changed. */
  private static final class Changing {
    final JsonObject root;
    private final Random random;
    private final String text;

    Changing(JsonObject root, Random random) {
      this.root = root;
      this.random = random;
      this.text = root.toString();
    }

    private <T> T any(List<T> items) {
      return items.get(random.nextInt(items.size()));
    }

    private record Place(String path, String method, JsonObject operation) {
      String name() {
        return method.toUpperCase(Locale.ROOT) + " " + path;
      }
    }

    private List<Place> operations() {
      List<Place> places = new ArrayList<>();
      JsonObject paths = root.getAsJsonObject("paths");
      for (String path : paths.keySet()) {
        for (String method : METHODS) {
          JsonObject item = paths.getAsJsonObject(path);
          if (item.has(method)) {
            places.add(new Place(path, method, item.getAsJsonObject(method)));
          }
        }
      }
      return places;
    }

    private Place anyOperation() {
      return any(operations());
    }

    private JsonObject schema(String name) {
      return root.getAsJsonObject("components").getAsJsonObject("schemas").getAsJsonObject(name);
    }

    private boolean isUsedOnce(String name) {
      String reference = "\"#/components/schemas/" + name + "\"";
      int first = text.indexOf(reference);
      return first >= 0 && text.indexOf(reference, first + 1) < 0;
    }

    private static @Nullable String target(@Nullable JsonElement schema) {
      if (schema == null || !schema.isJsonObject() || !schema.getAsJsonObject().has("$ref")) {
        return null;
      }
      return schema
          .getAsJsonObject()
          .get("$ref")
          .getAsString()
          .replace("#/components/schemas/", "");
    }

    List<String> removeOperation() {
      List<Place> candidates = operations();
      candidates.removeIf(place -> place.method().equals("get") || !place.path().contains("{"));
      Place place = any(candidates);
      root.getAsJsonObject("paths").getAsJsonObject(place.path()).remove(place.method());
      return List.of("operation-removed | " + place.name());
    }

    List<String> addOperation() {
      JsonObject item = new JsonObject();
      item.add("post", anyOperation().operation());
      root.getAsJsonObject("paths").add("/new-things", item);
      return List.of("operation-added | POST /new-things");
    }

    List<String> deprecateOperation() {
      Place place = anyOperation();
      place.operation().addProperty("deprecated", true);
      return List.of("operation-deprecated | " + place.name());
    }

    List<String> removeErrorStatus() {
      Place place = anyOperation();
      JsonObject responses = place.operation().getAsJsonObject("responses");
      List<String> statuses = new ArrayList<>(responses.keySet());
      statuses.removeIf(status -> status.startsWith("2"));
      if (statuses.isEmpty()) {
        return removeErrorStatus();
      }
      responses.remove(any(statuses));
      return List.of("error-status-removed | " + place.name());
    }

    List<String> addErrorStatus() {
      Place place = anyOperation();
      place.operation().getAsJsonObject("responses").add("418", new JsonObject());
      return List.of("error-status-added | " + place.name());
    }

    private static JsonArray parameters(Place place) {
      if (!place.operation().has("parameters")) {
        place.operation().add("parameters", new JsonArray());
      }
      return place.operation().getAsJsonArray("parameters");
    }

    List<String> addParameter(boolean required) {
      Place place = anyOperation();
      parameters(place)
          .add(
              JsonParser.parseString(
                  "{\"name\": \"new\", \"in\": \"query\", \"required\": %s, \"schema\": {\"type\": \"string\"}}"
                      .formatted(required)));
      return List.of("parameter-added" + (required ? "-required" : "") + " | " + place.name());
    }

    List<String> removeParameter() {
      Place place = anyOperation();
      JsonArray parameters = parameters(place);
      for (int i = 0; i < parameters.size(); i++) {
        if (parameters.get(i).toString().contains("IdempotencyKey")) {
          parameters.remove(i);
          return List.of("parameter-removed | " + place.name());
        }
      }
      return removeParameter();
    }

    List<String> renamePathParameter() {
      JsonObject paths = root.getAsJsonObject("paths");
      List<String> names = new ArrayList<>(paths.keySet());
      names.removeIf(name -> !name.contains("{"));
      String path = any(names);
      paths.add(path.replace("{", "{the_"), paths.remove(path));
      return List.of();
    }

    List<String> requireFilter() {
      List<Place> candidates = operations();
      candidates.removeIf(
          place -> !parameters(place).toString().contains("components/parameters/InquiryFilter"));
      Place place = candidates.get(0);
      JsonObject filter = schema("InquiryFilter");
      String property = any(new ArrayList<>(filter.getAsJsonObject("properties").keySet()));
      JsonArray required = new JsonArray();
      required.add(property);
      filter.add("required", required);
      return List.of("parameter-became-required | " + place.name());
    }

    List<String> changeBodyNeed() {
      List<Place> candidates = operations();
      candidates.removeIf(place -> !place.operation().has("requestBody"));
      Place place = any(candidates);
      JsonObject body = place.operation().getAsJsonObject("requestBody");
      boolean required = body.has("required") && body.get("required").getAsBoolean();
      body.addProperty("required", !required);
      return List.of(
          "request-body-became-" + (required ? "optional" : "required") + " | " + place.name());
    }

    /** The schema of the attributes of a request that no other place uses, with its operation. */
    private record Request(Place place, JsonObject attributes) {}

    private Request anyRequest() {
      List<Request> requests = new ArrayList<>();
      for (Place place : operations()) {
        String name =
            place.operation().toString().replaceAll("(?s).*schemas/(\\w+Request)\".*", "$1");
        JsonObject request = name.matches("\\w+Request") && isUsedOnce(name) ? schema(name) : null;
        if (request == null || !request.has("properties")) {
          continue;
        }
        String data = target(request.getAsJsonObject("properties").get("data"));
        if (data == null || !isUsedOnce(data) || !schema(data).has("properties")) {
          continue;
        }
        String attributes = target(schema(data).getAsJsonObject("properties").get("attributes"));
        if (attributes != null
            && isUsedOnce(attributes)
            && schema(attributes).has("properties")
            && place.operation().getAsJsonObject("requestBody").toString().contains(name)) {
          requests.add(new Request(place, schema(attributes)));
        }
      }
      return any(requests);
    }

    List<String> addRequestProperty(boolean required) {
      Request request = anyRequest();
      request
          .attributes()
          .getAsJsonObject("properties")
          .add("new-one", JsonParser.parseString("{\"type\": \"string\"}"));
      if (required) {
        JsonArray names =
            request.attributes().has("required")
                ? request.attributes().getAsJsonArray("required")
                : new JsonArray();
        names.add("new-one");
        request.attributes().add("required", names);
      }
      return List.of(
          "request-property-added"
              + (required ? "-required" : "")
              + " | "
              + request.place().name());
    }

    List<String> removeRequestProperty() {
      Request request = anyRequest();
      JsonObject properties = request.attributes().getAsJsonObject("properties");
      String name = any(new ArrayList<>(properties.keySet()));
      properties.remove(name);
      if (request.attributes().has("required")) {
        JsonArray required = request.attributes().getAsJsonArray("required");
        for (int i = required.size() - 1; i >= 0; i--) {
          if (required.get(i).getAsString().equals(name)) {
            required.remove(i);
          }
        }
      }
      return List.of("request-property-removed | " + request.place().name());
    }

    private JsonObject success(Place place) {
      JsonObject responses = place.operation().getAsJsonObject("responses");
      for (String status : responses.keySet()) {
        JsonObject response = responses.getAsJsonObject(status);
        if (status.startsWith("2") && response.has("content") && response.has("headers")) {
          return response;
        }
      }
      return success(anyOperation());
    }

    private Place placeWithSuccess() {
      List<Place> candidates = operations();
      candidates.removeIf(
          place -> {
            String responses = place.operation().getAsJsonObject("responses").toString();
            return !responses.matches("\\{\"20[01]\":\\{.*\"content\":.*")
                || !responses.contains("\"headers\"");
          });
      return any(candidates);
    }

    List<String> addContentType() {
      Place place = placeWithSuccess();
      success(place).getAsJsonObject("content").add("text/csv", new JsonObject());
      return List.of("response-content-type-added | " + place.name());
    }

    List<String> removeHeader() {
      Place place = placeWithSuccess();
      JsonObject headers = success(place).getAsJsonObject("headers");
      headers.remove(any(new ArrayList<>(headers.keySet())));
      return List.of("response-header-removed | " + place.name());
    }

    List<String> dropSecurity() {
      List<Place> candidates = operations();
      candidates.removeIf(place -> place.operation().has("security"));
      Place place = any(candidates);
      place.operation().add("security", new JsonArray());
      return List.of("security-changed | " + place.name());
    }

    /** The attributes or relationships of a resource that no other schema uses. */
    private record Member(String type, String part, JsonObject schema) {
      JsonObject properties() {
        return schema.getAsJsonObject("properties");
      }
    }

    private List<Member> members(String part) {
      List<Member> members = new ArrayList<>();
      JsonObject schemas = root.getAsJsonObject("components").getAsJsonObject("schemas");
      for (String name : schemas.keySet()) {
        JsonObject schema = schemas.getAsJsonObject(name);
        if (!schema.has("properties") || name.endsWith("Data") || name.endsWith("Event")) {
          continue;
        }
        JsonObject properties = schema.getAsJsonObject("properties");
        String target = target(properties.get(part));
        String values = String.valueOf(properties.get("type"));
        boolean resource = properties.has("attributes") && values.contains("\"enum\":[\"");
        if (resource && target != null && isUsedOnce(target) && schema(target).has("properties")) {
          String type = values.replaceFirst(".*\"enum\":\\[\"([^\"]*)\".*", "$1");
          members.add(new Member(type, part, schema(target)));
        }
      }
      return members;
    }

    List<String> removeMember(String part, String noun) {
      Member member = any(members(part));
      List<String> names = new ArrayList<>(member.properties().keySet());
      names.removeIf(name -> required(member).contains("\"" + name + "\""));
      String name = any(names);
      member.properties().remove(name);
      return List.of(noun + "-removed | " + member.type() + "." + name);
    }

    private static String required(Member member) {
      return String.valueOf(member.schema().get("required"));
    }

    List<String> addMember(String part, String noun) {
      Member member = any(members(part));
      member.properties().add("new-one", JsonParser.parseString("{\"type\": \"object\"}"));
      return List.of(noun + "-added | " + member.type() + ".new-one");
    }

    /** An attribute that is a string without a reference. */
    private record Attribute(String place, JsonObject schema) {}

    private Attribute anyString() {
      List<Attribute> attributes = new ArrayList<>();
      for (Member member : members("attributes")) {
        for (String name : member.properties().keySet()) {
          JsonObject schema = member.properties().getAsJsonObject(name);
          if (schema.has("type") && schema.get("type").getAsString().equals("string")) {
            attributes.add(new Attribute(member.type() + "." + name, schema));
          }
        }
      }
      return any(attributes);
    }

    List<String> changeAttributeType() {
      Attribute attribute = anyString();
      attribute.schema().addProperty("type", "integer");
      attribute.schema().remove("format");
      return List.of("attribute-type-changed | " + attribute.place());
    }

    List<String> changeAttributeNull() {
      Attribute attribute = anyString();
      boolean nullable = attribute.schema().has("nullable");
      if (nullable) {
        attribute.schema().remove("nullable");
      } else {
        attribute.schema().addProperty("nullable", true);
      }
      return List.of(
          "attribute-" + (nullable ? "lost-null" : "became-nullable") + " | " + attribute.place());
    }

    List<String> deprecateAttribute() {
      Attribute attribute = anyString();
      boolean deprecated = attribute.schema().has("deprecated");
      attribute.schema().addProperty("deprecated", !deprecated);
      return List.of(
          "attribute-"
              + (deprecated ? "no-longer-deprecated" : "deprecated")
              + " | "
              + attribute.place());
    }

    List<String> addKnownValue() {
      List<String> places = new ArrayList<>();
      List<Runnable> changes = new ArrayList<>();
      for (Member member : members("attributes")) {
        for (String name : List.copyOf(member.properties().keySet())) {
          String target = target(member.properties().get(name));
          if (target != null && schema(target).has("x-known-values")) {
            places.add("attribute-value-added | " + member.type() + "." + name);
            changes.add(
                () -> {
                  JsonObject copy = schema(target).deepCopy();
                  copy.getAsJsonArray("x-known-values").add("new_value");
                  member.properties().add(name, copy);
                });
          }
        }
      }
      int index = random.nextInt(places.size());
      changes.get(index).run();
      return List.of(places.get(index));
    }

    List<String> renameResource() {
      List<String> types = List.of("case-queue", "inquiry-session", "workflow-run", "theme-set");
      String type = any(types);
      JsonObject schemas = root.getAsJsonObject("components").getAsJsonObject("schemas");
      for (String name : schemas.keySet()) {
        JsonObject schema = schemas.getAsJsonObject(name);
        JsonElement properties = schema.get("properties");
        if (properties != null && properties.getAsJsonObject().has("attributes")) {
          JsonElement value = properties.getAsJsonObject().get("type");
          if (String.valueOf(value).contains("[\"" + type + "\"]")) {
            value.getAsJsonObject().getAsJsonArray("enum").remove(0);
            value.getAsJsonObject().getAsJsonArray("enum").add("new-name");
          }
        }
      }
      return List.of("resource-renamed | " + type);
    }

    List<String> removeWebhook() {
      JsonObject webhooks = root.getAsJsonObject("x-webhooks");
      String name = any(new ArrayList<>(webhooks.keySet()));
      webhooks.remove(name);
      return List.of("webhook-removed | webhook " + name);
    }

    List<String> addWebhook() {
      JsonObject webhooks = root.getAsJsonObject("x-webhooks");
      webhooks.add("thing.happened", webhooks.get(any(new ArrayList<>(webhooks.keySet()))));
      return List.of("webhook-added | webhook thing.happened");
    }
  }
}
