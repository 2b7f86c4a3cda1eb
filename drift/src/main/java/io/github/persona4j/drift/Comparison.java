package io.github.persona4j.drift;

import io.github.persona4j.drift.Parameter.Need;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Compares two descriptions. */
final class Comparison {
  private final Findings findings = new Findings();
  private final ResourcePairs pairs = new ResourcePairs();
  private final Description old;
  private final Description now;
  private final Resources oldResources;
  private final Resources newResources;
  private final Map<String, String> renames;
  private final SchemaComparison schemas;

  private Comparison(Description old, Description now) {
    this.old = old;
    this.now = now;
    this.oldResources = new Resources(old);
    this.newResources = new Resources(now);
    this.renames = Resources.renames(oldResources, newResources);
    this.schemas = new SchemaComparison(findings, pairs, renames);
  }

  /** Returns the differences, ordered by place. */
  static List<Difference> of(Description old, Description now) {
    Comparison comparison = new Comparison(old, now);
    comparison.compareOperations();
    comparison.compareWebhooks();
    comparison.compareResources();
    return comparison.findings.all();
  }

  private void compareOperations() {
    ByKey.compare(
        old.operations(),
        now.operations(),
        (key, operation) ->
            findings.add(
                "operation", Change.REMOVED, Direction.REQUEST, operation.place(), "", "", ""),
        (key, before, after) -> compareOperation(before, after),
        (key, operation) ->
            findings.add(
                "operation", Change.ADDED, Direction.REQUEST, operation.place(), "", "", ""));
  }

  private void compareOperation(Operation before, Operation after) {
    String place = before.place();
    compareDeprecated(
        "operation", Direction.REQUEST, place, "", before.deprecated(), after.deprecated());
    compareSecurity(place, before.security(), after.security());
    compareParameters(place, before.parameters(), after.parameters());
    compareBodies(place, before.body(), after.body());
    compareResponses(place, before.responses(), after.responses());
  }

  private void compareDeprecated(
      String noun, Direction direction, String place, String part, boolean before, boolean after) {
    if (before != after) {
      Change change = after ? Change.DEPRECATED : Change.NOT_DEPRECATED;
      findings.add(noun, change, direction, place, part, "", "");
    }
  }

  private void compareSecurity(String place, Set<String> before, Set<String> after) {
    Set<String> gone = new TreeSet<>(before);
    gone.removeAll(after);
    Set<String> added = new TreeSet<>(after);
    added.removeAll(before);
    if (gone.size() == 1 && added.size() == 1) {
      String to = added.iterator().next();
      String from = gone.iterator().next();
      boolean dropped = to.equals(Description.NO_SECURITY) || parts(from).containsAll(parts(to));
      Change change = dropped ? Change.SECURITY_DROPPED : Change.SECURITY_CHANGED;
      findings.add("security", change, Direction.REQUEST, place, "security", from, to);
      return;
    }
    gone.forEach(
        from ->
            findings.add(
                "security", Change.REMOVED, Direction.REQUEST, place, "security", from, ""));
    added.forEach(
        to -> findings.add("security", Change.ADDED, Direction.REQUEST, place, "security", "", to));
  }

  private static Set<String> parts(String alternative) {
    return new TreeSet<>(List.of(alternative.split(Description.AND, -1)));
  }

  private void compareParameters(
      String place, Map<String, Parameter> before, Map<String, Parameter> after) {
    ByKey.compare(
        before,
        after,
        (key, parameter) -> {
          String from = text(parameter);
          findings.add(
              "parameter", Change.REMOVED, Direction.REQUEST, place, parameter.name(), from, "");
        },
        (key, parameter, other) -> compareParameter(place, parameter, other),
        (key, parameter) -> {
          Change change = isNewlyRequired(parameter, before) ? Change.ADDED_REQUIRED : Change.ADDED;
          String to = text(parameter);
          findings.add("parameter", change, Direction.REQUEST, place, parameter.name(), "", to);
        });
  }

  /** Whether requests that were complete lack the parameter; not if the whole object is new. */
  private static boolean isNewlyRequired(Parameter parameter, Map<String, Parameter> before) {
    if (parameter.need() != Need.WITHIN) {
      return parameter.need() == Need.REQUIRED;
    }
    String object = parameter.name().replaceFirst("\\[[^\\[]*]$", "");
    return before.keySet().stream()
        .anyMatch(name -> name.equals(object) || name.startsWith(object + "["));
  }

  private static String text(Parameter parameter) {
    return SchemaComparison.describe(parameter.schema(), false)
        + (parameter.need() == Need.OPTIONAL ? "" : " " + parameter.need().text());
  }

  private void compareParameter(String place, Parameter before, Parameter after) {
    String name = before.name();
    if (before.need() != after.need()) {
      boolean needed = after.need().compareTo(before.need()) > 0;
      findings.add(
          "parameter",
          needed ? Change.BECAME_REQUIRED : Change.BECAME_OPTIONAL,
          Direction.REQUEST,
          place,
          name,
          before.need().text(),
          after.need().text());
    }
    compareDeprecated(
        "parameter", Direction.REQUEST, place, name, isDeprecated(before), isDeprecated(after));
    if (!before.style().equals(after.style()) && (hasStyle(before) || hasStyle(after))) {
      findings.add(
          "parameter",
          Change.STYLE_CHANGED,
          Direction.REQUEST,
          place,
          name,
          before.style(),
          after.style());
    }
    schemas.compare(before.schema(), after.schema(), Site.of(Site.Kind.PARAMETER, place, name));
  }

  private static boolean isDeprecated(Parameter parameter) {
    return parameter.deprecated() || parameter.schema().shape().deprecated();
  }

  /** Whether the value consists of several, so that it matters how they are written. */
  private static boolean hasStyle(Parameter parameter) {
    Shape shape = parameter.schema().shape();
    boolean plain = parameter.style().matches("(form|simple)( exploded)?");
    return shape.array() != null || !shape.objects().isEmpty() || !plain;
  }

  private void compareBodies(String place, @Nullable Body before, @Nullable Body after) {
    if (before == null || after == null) {
      if (before != null) {
        findings.add(
            "request-body", Change.REMOVED, Direction.REQUEST, place, "request", types(before), "");
      } else if (after != null) {
        Change change = after.required() ? Change.ADDED_REQUIRED : Change.ADDED;
        findings.add("request-body", change, Direction.REQUEST, place, "request", "", types(after));
      }
      return;
    }
    if (before.required() != after.required()) {
      findings.add(
          "request-body",
          after.required() ? Change.BECAME_REQUIRED : Change.BECAME_OPTIONAL,
          Direction.REQUEST,
          place,
          "request",
          before.required() ? "required" : "optional",
          after.required() ? "required" : "optional");
    }
    compareContent("request", Site.Kind.REQUEST, place, before.content(), after.content());
  }

  private static String types(Body body) {
    return String.join(", ", new TreeSet<>(body.content().keySet()));
  }

  private void compareContent(
      String prefix,
      Site.Kind kind,
      String place,
      Map<String, Schema> before,
      Map<String, Schema> after) {
    Direction direction = kind == Site.Kind.REQUEST ? Direction.REQUEST : Direction.RESPONSE;
    String noun = kind == Site.Kind.REQUEST ? "request-content-type" : "response-content-type";
    ByKey.compare(
        before,
        after,
        (type, schema) -> findings.add(noun, Change.REMOVED, direction, place, prefix, type, ""),
        (type, schema, other) ->
            schemas.compare(schema, other, Site.of(kind, place, prefix + " " + type)),
        (type, schema) -> findings.add(noun, Change.ADDED, direction, place, prefix, "", type));
  }

  private void compareResponses(
      String place, Map<String, Response> before, Map<String, Response> after) {
    Set<String> gone = new LinkedHashSet<>(before.keySet());
    gone.removeAll(after.keySet());
    Set<String> added = new LinkedHashSet<>(after.keySet());
    added.removeAll(before.keySet());
    before.forEach(
        (status, response) -> {
          Response other = after.get(status);
          if (other != null) {
            compareResponse(place, status, response, other);
          }
        });
    List<String> goneSuccess = new ArrayList<>(gone);
    goneSuccess.removeIf(status -> !isSuccess(status));
    List<String> newSuccess = new ArrayList<>(added);
    newSuccess.removeIf(status -> !isSuccess(status));
    if (goneSuccess.size() == 1 && newSuccess.size() == 1) {
      String from = goneSuccess.get(0);
      String to = newSuccess.get(0);
      findings.add(
          "response-status",
          Change.STATUS_CHANGED,
          Direction.RESPONSE,
          place,
          "response",
          from,
          to);
      gone.remove(from);
      added.remove(to);
      Response response = before.get(from);
      Response other = after.get(to);
      if (response != null && other != null) {
        compareResponse(place, from, response, other);
      }
    }
    gone.forEach(
        status ->
            findings.add(
                isSuccess(status) ? "response-status" : "error-status",
                Change.STATUS_REMOVED,
                Direction.RESPONSE,
                place,
                "response",
                status,
                ""));
    added.forEach(
        status ->
            findings.add(
                isSuccess(status) ? "response-status" : "error-status",
                Change.ADDED,
                Direction.RESPONSE,
                place,
                "response",
                "",
                status));
  }

  private static boolean isSuccess(String status) {
    return status.startsWith("2");
  }

  private void compareResponse(String place, String status, Response before, Response after) {
    String prefix = (isSuccess(status) ? "response " : "error ") + status;
    Site.Kind kind = isSuccess(status) ? Site.Kind.RESPONSE : Site.Kind.ERROR;
    compareHeaders(place, prefix, before.headers(), after.headers());
    if (before.content().isEmpty() != after.content().isEmpty()) {
      boolean removed = after.content().isEmpty();
      findings.add(
          isSuccess(status) ? "response-body" : "error-body",
          removed ? Change.REMOVED : Change.ADDED,
          Direction.RESPONSE,
          place,
          prefix,
          String.join(", ", new TreeSet<>(before.content().keySet())),
          String.join(", ", new TreeSet<>(after.content().keySet())));
    } else {
      compareContent(prefix, kind, place, before.content(), after.content());
    }
  }

  private void compareHeaders(
      String place, String prefix, Map<String, Header> before, Map<String, Header> after) {
    ByKey.compare(
        before,
        after,
        (key, header) ->
            findings.add(
                "response-header",
                Change.STATUS_REMOVED,
                Direction.RESPONSE,
                place,
                prefix + " header " + header.name(),
                SchemaComparison.describe(header.schema(), header.required()),
                ""),
        (key, header, other) -> {
          String part = prefix + " header " + header.name();
          if (header.required() != other.required()) {
            findings.add(
                "response-header",
                other.required() ? Change.BECAME_REQUIRED : Change.LEFT_OUT,
                Direction.RESPONSE,
                place,
                part,
                header.required() ? "required" : "optional",
                other.required() ? "required" : "optional");
          }
          compareDeprecated(
              "response-header",
              Direction.RESPONSE,
              place,
              part,
              header.deprecated() || header.schema().shape().deprecated(),
              other.deprecated() || other.schema().shape().deprecated());
          schemas.compare(header.schema(), other.schema(), Site.of(Site.Kind.HEADER, place, part));
        },
        (key, header) ->
            findings.add(
                "response-header",
                Change.ADDED,
                Direction.RESPONSE,
                place,
                prefix + " header " + header.name(),
                "",
                SchemaComparison.describe(header.schema(), header.required())));
  }

  private void compareWebhooks() {
    ByKey.compare(
        old.webhooks(),
        now.webhooks(),
        (name, webhook) ->
            findings.add(
                "webhook", Change.REMOVED, Direction.RESPONSE, webhook.place(), "", "", ""),
        (name, before, after) -> compareWebhook(before, after),
        (name, webhook) ->
            findings.add("webhook", Change.ADDED, Direction.RESPONSE, webhook.place(), "", "", ""));
  }

  private void compareWebhook(Operation before, Operation after) {
    String place = before.place();
    compareDeprecated(
        "webhook", Direction.RESPONSE, place, "", before.deprecated(), after.deprecated());
    Body body = before.body();
    Body other = after.body();
    compareContent(
        "webhook",
        Site.Kind.WEBHOOK,
        place,
        body == null ? Map.of() : body.content(),
        other == null ? Map.of() : other.content());
  }

  private void compareResources() {
    Map<String, String> gone = new TreeMap<>();
    oldResources.types().forEach(type -> gone.put(type, renames.getOrDefault(type, type)));
    compareWaiting();
    gone.forEach(
        (type, other) -> {
          if (!newResources.types().contains(other) && !pairs.hasType(type)) {
            findings.add("resource", Change.REMOVED, Direction.RESPONSE, type, "", "", "");
          } else if (!type.equals(other)) {
            findings.add("resource", Change.RENAMED, Direction.RESPONSE, type, "", type, other);
          }
          boolean unmet = newResources.types().contains(other) && !pairs.hasType(type);
          if (unmet) {
            pairs.add(
                type,
                oldResources.shapes(type).iterator().next(),
                newResources.shapes(other).iterator().next());
            compareWaiting();
          }
        });
    for (String type : newResources.types()) {
      boolean known = gone.containsKey(type) || renames.containsValue(type);
      if (!known && !pairs.hasType(type)) {
        findings.add("resource", Change.ADDED, Direction.RESPONSE, type, "", "", "");
      }
    }
  }

  private void compareWaiting() {
    for (ResourcePairs.Pair pair = pairs.next(); pair != null; pair = pairs.next()) {
      SortedSet<String> places = new TreeSet<>();
      oldResources.owners(pair.type()).forEach(owner -> places.add(place(owner)));
      newResources.owners(pair.type()).forEach(owner -> places.add(place(owner)));
      findings.setOperations(places);
      schemas.compareResource(pair);
      findings.setOperations(new TreeSet<>());
    }
  }

  /** Returns what reports call an operation, a webhook or a resource. */
  private String place(String owner) {
    Operation before = old.operations().get(owner);
    Operation operation = before == null ? now.operations().get(owner) : before;
    return operation == null ? owner : operation.place();
  }
}
