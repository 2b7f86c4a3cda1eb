package io.github.persona4j.drift;

import io.github.persona4j.drift.Parameter.Need;
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
        (key, operation) -> findings.add(whole(operation), Change.REMOVED, "", ""),
        (key, before, after) -> compareOperation(before, after),
        (key, operation) -> findings.add(whole(operation), Change.ADDED, "", ""));
  }

  private static Site whole(Operation operation) {
    return Site.of(Site.Kind.OPERATION, operation.place(), "");
  }

  private void compareOperation(Operation before, Operation after) {
    String place = before.place();
    schemas.compareDeprecated(before.deprecated(), after.deprecated(), whole(before));
    compareSecurity(place, before.security(), after.security());
    compareParameters(place, before.parameters(), after.parameters());
    compareBodies(place, before.body(), after.body());
    compareResponses(place, before.responses(), after.responses());
  }

  private void compareSecurity(String place, Set<String> before, Set<String> after) {
    Site security = Site.of(Site.Kind.SECURITY, place, "security");
    Set<String> gone = new TreeSet<>(before);
    gone.removeAll(after);
    Set<String> added = new TreeSet<>(after);
    added.removeAll(before);
    if (gone.size() == 1 && added.size() == 1) {
      String to = added.iterator().next();
      String from = gone.iterator().next();
      boolean dropped = to.equals(Description.NO_SECURITY) || parts(from).containsAll(parts(to));
      Change change = dropped ? Change.SECURITY_DROPPED : Change.SECURITY_CHANGED;
      findings.add(security, change, from, to);
      return;
    }
    gone.forEach(from -> findings.add(security, Change.REMOVED, from, ""));
    added.forEach(to -> findings.add(security, Change.ADDED, "", to));
  }

  private static Set<String> parts(String alternative) {
    return new TreeSet<>(List.of(alternative.split(Description.AND, -1)));
  }

  private void compareParameters(
      String place, Map<String, Parameter> before, Map<String, Parameter> after) {
    ByKey.compare(
        before,
        after,
        (key, parameter) ->
            findings.add(site(place, parameter), Change.REMOVED, text(parameter), ""),
        (key, parameter, other) -> compareParameter(parameter, other, site(place, parameter)),
        (key, parameter) -> {
          Change change = isNewlyRequired(parameter, before) ? Change.ADDED_REQUIRED : Change.ADDED;
          findings.add(site(place, parameter), change, "", text(parameter));
        });
  }

  private static Site site(String place, Parameter parameter) {
    return Site.of(Site.Kind.PARAMETER, place, parameter.name());
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

  private void compareParameter(Parameter before, Parameter after, Site site) {
    if (before.need() != after.need()) {
      boolean needed = after.need().compareTo(before.need()) > 0;
      findings.add(
          site,
          needed ? Change.BECAME_REQUIRED : Change.BECAME_OPTIONAL,
          before.need().text(),
          after.need().text());
    }
    schemas.compareDeprecated(isDeprecated(before), isDeprecated(after), site);
    if (!before.style().equals(after.style()) && (hasStyle(before) || hasStyle(after))) {
      findings.add(site, Change.STYLE_CHANGED, before.style(), after.style());
    }
    if (before.reserved() != after.reserved()) {
      findings.add(
          site, Change.ESCAPES_CHANGED, reserved(before.reserved()), reserved(after.reserved()));
    }
    schemas.compare(before.schema(), after.schema(), site);
  }

  private static String reserved(boolean allowed) {
    return allowed ? "reserved characters" : "no reserved characters";
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
    Site body = Site.of(Site.Kind.REQUEST_BODY, place, "request");
    if (before == null || after == null) {
      if (before != null) {
        findings.add(body, Change.REMOVED, types(before.content()), "");
      } else if (after != null) {
        Change change = after.required() ? Change.ADDED_REQUIRED : Change.ADDED;
        findings.add(body, change, "", types(after.content()));
      }
      return;
    }
    schemas.compareNeed(before.required(), after.required(), body);
    compareContent(Site.Kind.REQUEST_PROPERTY, place, "request", before.content(), after.content());
    before
        .partTypes()
        .forEach(
            (part, types) -> {
              Set<String> others = after.partTypes().get(part);
              if (others != null) {
                comparePartTypes(types, others, partSite(place, part));
              }
            });
  }

  private static Site partSite(String place, Body.Part part) {
    return Site.of(Site.Kind.REQUEST_PROPERTY, place, "request " + part.form())
        .property(part.name(), false);
  }

  /** Compares the content types of a part of a form. */
  private void comparePartTypes(Set<String> before, Set<String> after, Site site) {
    if (!before.equals(after)) {
      boolean looser = after.isEmpty() || (!before.isEmpty() && after.containsAll(before));
      findings.add(
          site,
          looser ? Change.LIMIT_LOOSENED : Change.LIMIT_TIGHTENED,
          contentTypes(before),
          contentTypes(after));
    }
  }

  private static String contentTypes(Set<String> types) {
    return "content type " + (types.isEmpty() ? "none" : String.join(", ", types));
  }

  private static String types(Map<String, Schema> content) {
    return String.join(", ", new TreeSet<>(content.keySet()));
  }

  private void compareContent(
      Site.Kind kind,
      String place,
      String prefix,
      Map<String, Schema> before,
      Map<String, Schema> after) {
    boolean request = kind == Site.Kind.REQUEST_PROPERTY;
    Site types =
        Site.of(
            request ? Site.Kind.REQUEST_CONTENT_TYPE : Site.Kind.RESPONSE_CONTENT_TYPE,
            place,
            prefix);
    ByKey.compare(
        before,
        after,
        (type, schema) -> findings.add(types, Change.REMOVED, type, ""),
        (type, schema, other) ->
            schemas.compare(schema, other, Site.of(kind, place, prefix + " " + type)),
        (type, schema) -> findings.add(types, Change.ADDED, "", type));
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
    List<String> goneSuccess = gone.stream().filter(Comparison::isSuccess).toList();
    List<String> newSuccess = added.stream().filter(Comparison::isSuccess).toList();
    if (goneSuccess.size() == 1 && newSuccess.size() == 1) {
      String from = goneSuccess.get(0);
      String to = newSuccess.get(0);
      findings.add(statusSite(place, from), Change.STATUS_CHANGED, from, to);
      gone.remove(from);
      added.remove(to);
      Response response = before.get(from);
      Response other = after.get(to);
      if (response != null && other != null) {
        compareResponse(place, from, response, other);
      }
    }
    gone.forEach(
        status -> findings.add(statusSite(place, status), Change.STATUS_REMOVED, status, ""));
    added.forEach(status -> findings.add(statusSite(place, status), Change.ADDED, "", status));
  }

  private static boolean isSuccess(String status) {
    return status.startsWith("2");
  }

  private static Site statusSite(String place, String status) {
    Site.Kind kind = isSuccess(status) ? Site.Kind.RESPONSE_STATUS : Site.Kind.ERROR_STATUS;
    return Site.of(kind, place, "response");
  }

  private void compareResponse(String place, String status, Response before, Response after) {
    boolean success = isSuccess(status);
    String prefix = (success ? "response " : "error ") + status;
    compareHeaders(place, prefix, before.headers(), after.headers());
    if (before.content().isEmpty() != after.content().isEmpty()) {
      findings.add(
          Site.of(success ? Site.Kind.RESPONSE_BODY : Site.Kind.ERROR_BODY, place, prefix),
          after.content().isEmpty() ? Change.REMOVED : Change.ADDED,
          types(before.content()),
          types(after.content()));
    } else {
      Site.Kind kind = success ? Site.Kind.RESPONSE_PROPERTY : Site.Kind.ERROR_PROPERTY;
      compareContent(kind, place, prefix, before.content(), after.content());
    }
  }

  private void compareHeaders(
      String place, String prefix, Map<String, Header> before, Map<String, Header> after) {
    ByKey.compare(
        before,
        after,
        (key, header) ->
            findings.add(site(place, prefix, header), Change.STATUS_REMOVED, text(header), ""),
        (key, header, other) -> compareHeader(header, other, site(place, prefix, header)),
        (key, header) -> findings.add(site(place, prefix, header), Change.ADDED, "", text(header)));
  }

  private static Site site(String place, String prefix, Header header) {
    return Site.of(Site.Kind.RESPONSE_HEADER, place, prefix + " header " + header.name());
  }

  private static String text(Header header) {
    return SchemaComparison.describe(header.schema(), header.required());
  }

  private void compareHeader(Header before, Header after, Site site) {
    schemas.compareNeed(before.required(), after.required(), site);
    schemas.compareDeprecated(isDeprecated(before), isDeprecated(after), site);
    schemas.compare(before.schema(), after.schema(), site);
  }

  private static boolean isDeprecated(Header header) {
    return header.deprecated() || header.schema().shape().deprecated();
  }

  private void compareWebhooks() {
    ByKey.compare(
        old.webhooks(),
        now.webhooks(),
        (name, webhook) -> findings.add(wholeWebhook(webhook), Change.REMOVED, "", ""),
        (name, before, after) -> compareWebhook(before, after),
        (name, webhook) -> findings.add(wholeWebhook(webhook), Change.ADDED, "", ""));
  }

  private static Site wholeWebhook(Operation webhook) {
    return Site.of(Site.Kind.WEBHOOK, webhook.place(), "");
  }

  private void compareWebhook(Operation before, Operation after) {
    schemas.compareDeprecated(before.deprecated(), after.deprecated(), wholeWebhook(before));
    Body body = before.body();
    Body other = after.body();
    compareContent(
        Site.Kind.WEBHOOK_PROPERTY,
        before.place(),
        "webhook",
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
            findings.add(Site.of(Site.Kind.RESOURCE, type, ""), Change.REMOVED, "", "");
          } else if (!type.equals(other)) {
            findings.add(Site.of(Site.Kind.RESOURCE, type, ""), Change.RENAMED, type, other);
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
        findings.add(Site.of(Site.Kind.RESOURCE, type, ""), Change.ADDED, "", "");
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
