package io.github.persona4j.drift;

import io.github.persona4j.drift.ScalarShape.Openness;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Compares schemas of two descriptions. Resources in responses are put aside, to be compared once
 * by their type.
 */
final class SchemaComparison {
  private static final Set<String> TYPED_FORMATS =
      Set.of("date", "date-time", "int32", "int64", "float", "double", "byte", "binary", "uri");

  private static final Schema ANYTHING = new Schema(() -> Shape.ANYTHING);

  private final Findings findings;
  private final ResourcePairs pairs;
  private final Map<String, String> renames;
  private final Signatures signatures = new Signatures();
  private final Visits visits = new Visits();

  SchemaComparison(Findings findings, ResourcePairs pairs, Map<String, String> renames) {
    this.findings = findings;
    this.pairs = pairs;
    this.renames = renames;
  }

  /** Compares two schemas at a place. */
  void compare(Schema old, Schema now, Site site) {
    Visits.Key key = new Visits.Key(old, now, site.kind());
    if (visits.enter(key, findings.count())) {
      compare(old.shape(), now.shape(), site);
      visits.leave(key, findings.count());
    }
  }

  private void compareTypesAndNull(Shape old, Shape now, Site site) {
    compareTypes(old, now, site);
    boolean plain = !old.anything() && !now.anything() && !old.isNull() && !now.isNull();
    if (plain && old.isNullable() != now.isNullable()) {
      compareNulls(now.isNullable(), site);
    }
  }

  private void compare(Shape old, Shape now, Site site) {
    compareTypesAndNull(old, now, site);
    String before = old.initial();
    String after = now.initial();
    if (site.direction() == Direction.REQUEST
        && !Objects.equals(before, after)
        && !isConstant(old)
        && !isConstant(now)) {
      findings.add(site, Change.DEFAULT_CHANGED, shown(before), shown(after));
    }
    compareConditions(old.conditions(), now.conditions(), site);
    for (Map.Entry<String, ScalarShape> scalar : old.scalars().entrySet()) {
      ScalarShape other = now.scalars().get(scalar.getKey());
      if (other != null) {
        compareScalars(scalar.getValue(), other, site);
      }
    }
    ArrayShape oldArray = old.array();
    ArrayShape newArray = now.array();
    if (oldArray != null && newArray != null) {
      compareLimits("minItems", "maxItems", oldArray.size(), newArray.size(), site);
      if (oldArray.unique() != newArray.unique()) {
        limit(newArray.unique(), "uniqueItems", oldArray.unique(), newArray.unique(), site);
      }
      compare(oldArray.items(), newArray.items(), site.item());
    }
    if (!old.objects().isEmpty() && !now.objects().isEmpty()) {
      compareAlternatives(old.objects(), now.objects(), site);
    }
  }

  private void compareConditions(Set<String> old, Set<String> now, Site site) {
    if (!old.equals(now)) {
      boolean looser = old.containsAll(now);
      findings.add(
          site,
          looser ? Change.LIMIT_LOOSENED : Change.LIMIT_TIGHTENED,
          shown(emptyToNull(String.join(", ", old))),
          shown(emptyToNull(String.join(", ", now))));
    }
  }

  private static boolean isConstant(Shape shape) {
    ScalarShape text = shape.string();
    return text != null && text.openness() == Openness.CLOSED && text.values().size() == 1;
  }

  private void compareTypes(Shape old, Shape now, Site site) {
    Set<String> before = old.types();
    Set<String> after = now.types();
    if (before.equals(after) || before.isEmpty() || after.isEmpty()) {
      if (before.isEmpty() != after.isEmpty()) {
        findings.add(site, Change.TYPE_CHANGED, names(old), names(now));
      }
      return;
    }
    boolean narrower = now.anything() ? old.anything() : old.anything() || contains(before, after);
    boolean wider = old.anything() ? now.anything() : now.anything() || contains(after, before);
    Change change =
        wider ? Change.TYPE_WIDENED : narrower ? Change.TYPE_NARROWED : Change.TYPE_CHANGED;
    findings.add(site, change, names(old), names(now));
  }

  private static String names(Shape shape) {
    Set<String> types = shape.types();
    return types.isEmpty() ? (shape.isNullable() ? "null" : "nothing") : String.join("|", types);
  }

  private static boolean contains(Set<String> outer, Set<String> inner) {
    return inner.stream()
        .allMatch(
            type -> outer.contains(type) || (type.equals("integer") && outer.contains("number")));
  }

  private void compareNulls(boolean nullable, Site site) {
    Change change =
        !nullable
            ? Change.NOT_NULLABLE
            : site.optional() || site.isAlwaysOptional()
                ? Change.MAY_BE_NULL
                : Change.BECAME_NULLABLE;
    findings.add(site, change, nullable ? "not null" : "null", nullable ? "null" : "not null");
  }

  private void compareScalars(ScalarShape old, ScalarShape now, Site site) {
    compareValues(old, now, site);
    compareFormats(old.formats(), now.formats(), site);
    if (!old.patterns().equals(now.patterns())) {
      boolean looser = now.patterns().contains("");
      limit(!looser, "pattern", text(old.patterns()), text(now.patterns()), site);
    }
    compareLimits("minimum", "maximum", old.range(), now.range(), site);
    compareLimits("minLength", "maxLength", old.length(), now.length(), site);
    if (!old.multipleOf().equals(now.multipleOf())) {
      limit(
          !now.multipleOf().isEmpty(),
          "multipleOf",
          shown(emptyToNull(old.multipleOf())),
          shown(emptyToNull(now.multipleOf())),
          site);
    }
  }

  private static @Nullable String emptyToNull(String text) {
    return text.isEmpty() ? null : text;
  }

  private void compareValues(ScalarShape old, ScalarShape now, Site site) {
    if (old.hasValues() && now.hasValues()) {
      boolean noneLeft =
          old.openness() == Openness.CLOSED && Collections.disjoint(old.values(), now.values());
      Map<String, String> renamed = site.isResourceType() ? renames : Map.of();
      Set<String> left = new TreeSet<>(now.values());
      left.removeAll(old.values());
      for (String value : old.values()) {
        if (!now.values().contains(value) && !left.remove(renamed.getOrDefault(value, value))) {
          Change change = noneLeft ? Change.VALUES_REPLACED : Change.VALUE_REMOVED;
          findings.add(site, change, value, "");
        }
      }
      left.forEach(value -> findings.add(site, Change.VALUE_ADDED, "", value));
      boolean wasClosed = old.openness() == Openness.CLOSED;
      if (wasClosed && now.openness() == Openness.OPEN) {
        findings.add(site, Change.VALUES_OPENED, "only known values", "any value");
      } else if (old.openness() == Openness.OPEN && now.openness() == Openness.CLOSED) {
        findings.add(site, Change.VALUES_LIMITED, "any value", "only known values");
      }
    } else if (now.hasValues() && now.openness() != Openness.PROSE) {
      findings.add(site, Change.VALUES_LIMITED, "any value", String.join(", ", now.values()));
    } else if (old.hasValues() && old.openness() != Openness.PROSE) {
      findings.add(site, Change.VALUES_OPENED, String.join(", ", old.values()), "any value");
    }
  }

  private void compareFormats(Set<String> old, Set<String> now, Site site) {
    if (old.equals(now)) {
      return;
    }
    boolean wasTyped = TYPED_FORMATS.containsAll(old);
    Change change;
    if (now.contains("") && !old.contains("")) {
      change = wasTyped ? Change.TYPED_FORMAT_REMOVED : Change.FORMAT_REMOVED;
    } else if (old.contains("") && !now.contains("")) {
      change = Change.FORMAT_ADDED;
    } else if (isWider(old, now)) {
      change = Change.TYPED_FORMAT_REMOVED;
    } else if (isWider(now, old) || !wasTyped) {
      change = Change.FORMAT_ADDED;
    } else {
      change = Change.FORMAT_CHANGED;
    }
    findings.add(site, change, text(old), text(now));
  }

  private static boolean isWider(Set<String> narrow, Set<String> wide) {
    return wide.containsAll(narrow)
        || (narrow.equals(Set.of("int32")) && wide.equals(Set.of("int64")))
        || (narrow.equals(Set.of("float")) && wide.equals(Set.of("double")));
  }

  private static String text(Set<String> texts) {
    return String.join(" or ", texts.stream().map(text -> text.isEmpty() ? "none" : text).toList());
  }

  private void compareLimits(String low, String high, Range old, Range now, Site site) {
    compareLimit(low, old.low(), now.low(), 1, site);
    compareLimit(high, old.high(), now.high(), -1, site);
  }

  private void compareLimit(
      String keyword, Range.@Nullable Bound old, Range.@Nullable Bound now, int sign, Site site) {
    boolean same = old == null ? now == null : now != null && old.sameAs(now);
    if (!same) {
      limit(
          Range.isTighter(old, now, sign),
          keyword,
          old == null ? "none" : old.text(),
          now == null ? "none" : now.text(),
          site);
    }
  }

  private void limit(boolean tighter, String keyword, Object old, Object now, Site site) {
    findings.add(
        site,
        tighter ? Change.LIMIT_TIGHTENED : Change.LIMIT_LOOSENED,
        keyword + " " + old,
        keyword + " " + now);
  }

  private static String shown(@Nullable String value) {
    return value == null ? "none" : value;
  }

  private void compareAlternatives(List<ObjectShape> old, List<ObjectShape> now, Site site) {
    List<ObjectShape> oldRest = new ArrayList<>(old);
    List<ObjectShape> newRest = new ArrayList<>(now);
    if (site.direction() == Direction.RESPONSE && !isInPlace(site, old, now)) {
      compareResources(oldRest, newRest, site);
    }
    Map<String, String> renamed = site.direction() == Direction.RESPONSE ? renames : Map.of();
    Alternatives alternatives = new Alternatives(oldRest, newRest, signatures, renamed);
    for (Alternatives.Match match : alternatives.matches()) {
      String label = match.label();
      compareObjects(
          match.old(), match.now(), label == null ? site : site.branch(label), match.property());
    }
    for (String label : alternatives.removed()) {
      findings.add(site, Change.BRANCH_REMOVED, label, "");
    }
    for (String label : alternatives.added()) {
      findings.add(site, Change.BRANCH_ADDED, "", label);
    }
  }

  /**
   * Whether two objects are compared in their place: the event around the payload of a webhook,
   * which differs by webhook, and a resource of which only one description states the type.
   */
  private boolean isInPlace(Site site, List<ObjectShape> old, List<ObjectShape> now) {
    if (old.size() != 1 || now.size() != 1) {
      return false;
    }
    ObjectShape before = old.get(0);
    ObjectShape after = now.get(0);
    if (before.isUntypedResource() && after.isResource()) {
      after.labels("type").forEach(pairs::meet);
      return true;
    }
    if (before.isResource() && after.isUntypedResource()) {
      before.labels("type").forEach(pairs::meet);
      return true;
    }
    return site.kind() == Site.Kind.WEBHOOK_PROPERTY && !site.path().contains("payload");
  }

  private void compareResources(List<ObjectShape> old, List<ObjectShape> now, Site site) {
    Map<String, List<ObjectShape>> oldTypes = resources(old, now);
    Map<String, List<ObjectShape>> newTypes = resources(now, old);
    old.removeAll(all(oldTypes));
    now.removeAll(all(newTypes));
    Set<String> paired = new HashSet<>();
    for (Map.Entry<String, List<ObjectShape>> entry : oldTypes.entrySet()) {
      String type = entry.getKey();
      String other = newTypes.containsKey(type) ? type : renames.getOrDefault(type, type);
      List<ObjectShape> shapes = newTypes.get(other);
      if (shapes == null) {
        findings.add(site, Change.BRANCH_REMOVED, type, "");
      } else {
        paired.add(other);
        pair(type, entry.getValue(), shapes);
      }
    }
    for (String type : newTypes.keySet()) {
      if (!paired.contains(type)) {
        findings.add(site, Change.BRANCH_ADDED, "", type);
      }
    }
  }

  private void pair(String type, List<ObjectShape> old, List<ObjectShape> now) {
    for (ObjectShape shape : old) {
      ObjectShape match =
          now.stream()
              .filter(other -> signatures.of(shape) == signatures.of(other))
              .findFirst()
              .orElse(null);
      if (match == null) {
        int index = Math.min(old.indexOf(shape), now.size() - 1);
        match = now.get(index);
      }
      pairs.add(type, shape, match);
    }
  }

  private static Set<ObjectShape> all(Map<String, List<ObjectShape>> types) {
    Set<ObjectShape> all = new HashSet<>();
    types.values().forEach(all::addAll);
    return all;
  }

  /**
   * Returns the resources by type; also objects without attributes whose type is one of the others.
   */
  private static Map<String, List<ObjectShape>> resources(
      List<ObjectShape> objects, List<ObjectShape> others) {
    Set<String> types = new HashSet<>();
    others.stream()
        .filter(ObjectShape::isResource)
        .forEach(other -> types.addAll(other.labels("type")));
    objects.stream()
        .filter(ObjectShape::isResource)
        .forEach(object -> types.removeAll(object.labels("type")));
    Map<String, List<ObjectShape>> result = new TreeMap<>();
    for (ObjectShape object : objects) {
      Set<String> labels = object.labels("type");
      boolean counts = object.isResource() || labels.stream().anyMatch(types::contains);
      if (counts) {
        labels.forEach(label -> result.computeIfAbsent(label, l -> new ArrayList<>()).add(object));
      }
    }
    return result;
  }

  /** Compares a resource of the type in both descriptions. */
  void compareResource(ResourcePairs.Pair pair) {
    Site site = Site.of(Site.Kind.RESOURCE_PROPERTY, pair.type(), "");
    compareObjects(pair.old(), pair.now(), site, "type");
  }

  /** Compares two objects; the values of the property that selected them are equal. */
  private void compareObjects(
      ObjectShape old, ObjectShape now, Site site, @Nullable String selector) {
    Map<String, Schema> before = properties(old, site);
    Map<String, Schema> after = properties(now, site);
    ByKey.compare(
        before,
        after,
        (name, schema) -> {
          boolean required = old.required().contains(name);
          findings.add(
              site.property(name, required), Change.REMOVED, describe(schema, required), "");
        },
        (name, schema, other) -> {
          boolean required = old.required().contains(name);
          Site property = site.property(name, required);
          compareNeed(required, now.required().contains(name), property);
          compareDeprecated(schema.shape().deprecated(), other.shape().deprecated(), property);
          if (name.equals(selector)) {
            compareTypesAndNull(schema.shape(), other.shape(), property);
          } else {
            compare(schema, other, property);
          }
        },
        (name, schema) -> {
          boolean required = now.required().contains(name);
          boolean needed = required && site.direction() == Direction.REQUEST;
          findings.add(
              site.property(name, required),
              needed ? Change.ADDED_REQUIRED : Change.ADDED,
              "",
              describe(schema, required));
        });
    compareRest(old, now, site);
  }

  /** Compares whether something must be there. */
  void compareNeed(boolean old, boolean now, Site site) {
    if (old == now) {
      return;
    }
    Change change =
        now
            ? Change.BECAME_REQUIRED
            : site.isAlwaysOptional() ? Change.LEFT_OUT : Change.BECAME_OPTIONAL;
    findings.add(site, change, old ? "required" : "optional", now ? "required" : "optional");
  }

  void compareDeprecated(boolean old, boolean now, Site site) {
    if (old != now) {
      findings.add(site, now ? Change.DEPRECATED : Change.NOT_DEPRECATED, "", "");
    }
  }

  private void compareRest(ObjectShape old, ObjectShape now, Site site) {
    compareLimits("minProperties", "maxProperties", old.size(), now.size(), site);
    Schema before = old.additional();
    Schema after = now.additional();
    if (before != null && after != null) {
      compare(before, after, site.entry());
    } else if (old.closed() != now.closed()) {
      Change closed = old.properties().isEmpty() ? Change.CLOSED : Change.CLOSED_TO_KNOWN;
      findings.add(site, now.closed() ? closed : Change.OPENED, others(old), others(now));
    } else if (before != null && isMeant(before)) {
      findings.add(site.entry(), Change.TYPE_WIDENED, names(before.shape()), "any");
    } else if (after != null && isMeant(after)) {
      findings.add(site.entry(), Change.TYPE_NARROWED, "any", names(after.shape()));
    }
  }

  private static boolean isMeant(Schema schema) {
    return !schema.shape().anything();
  }

  private static String others(ObjectShape object) {
    return object.closed() ? "no other properties" : "other properties";
  }

  /** Returns the properties that are sent in the direction; also required ones without a schema. */
  private static Map<String, Schema> properties(ObjectShape object, Site site) {
    Map<String, Schema> properties = new LinkedHashMap<>();
    object
        .properties()
        .forEach(
            (name, schema) -> {
              Shape shape = schema.shape();
              boolean sent =
                  site.direction() == Direction.REQUEST ? !shape.readOnly() : !shape.writeOnly();
              if (sent) {
                properties.put(name, schema);
              }
            });
    for (String name : object.required()) {
      if (!object.properties().containsKey(name)) {
        properties.put(name, ANYTHING);
      }
    }
    return properties;
  }

  static String describe(Schema schema, boolean required) {
    Shape shape = schema.shape();
    List<String> words = new ArrayList<>();
    words.add(names(shape) + (shape.isNullable() && !shape.isNull() ? "|null" : ""));
    ScalarShape text = shape.string();
    if (text != null && text.hasValues()) {
      words.add("of " + String.join(", ", text.values()));
    }
    if (required) {
      words.add("required");
    }
    return String.join(" ", words);
  }
}
