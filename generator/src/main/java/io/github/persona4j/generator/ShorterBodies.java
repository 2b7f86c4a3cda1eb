package io.github.persona4j.generator;

import io.github.persona4j.generator.BodyShape.Kind;
import io.github.persona4j.generator.BodyShape.Part;
import io.github.persona4j.generator.BodyShape.SingleValue;
import io.github.persona4j.generator.OperationForms.ShorterBody;
import java.util.ArrayList;
import java.util.List;

/** Lists what callers may give instead of a whole JSON body. */
final class ShorterBodies {
  private final BodyShape shape;
  private final List<ShorterBody> all = new ArrayList<>();

  private ShorterBodies(BodyShape shape) {
    this.shape = shape;
  }

  /**
   * Returns what may be given instead of a body, the shortest first.
   *
   * @param isRequired whether the API requires the body
   */
  static List<ShorterBody> of(
      BodyShape shape, String type, boolean isRequired, SmallestBody smallest) {
    ShorterBodies bodies = new ShorterBodies(shape);
    if (!isRequired) {
      smallest
          .of(type)
          .ifPresent(body -> bodies.add("", List.of(), body, "with the smallest body"));
    }
    shape
        .singleValue()
        .ifPresent(value -> bodies.addValue(value, isRequired || value.isRequired()));
    if (!shape.isOnlyValue()) {
      shape.part().ifPresent(part -> bodies.addPart("", part));
    }
    for (Kind kind : shape.kinds()) {
      bodies.addPart(kind.name(), kind.part());
    }
    return bodies.all;
  }

  private void add(String suffix, List<Parameter> parameters, String body, String about) {
    all.add(new ShorterBody(suffix, parameters, body, about));
  }

  private void addValue(SingleValue value, boolean isRequired) {
    String description = value.description();
    Parameter parameter =
        isRequired
            ? Parameter.required(value.type(), value.name(), description)
            : Parameter.optional(value.type(), value.name(), description + " May be null.");
    add(
        "",
        List.of(parameter),
        shape.body(value.part(), value.built()),
        "with nothing but {@code " + value.name() + "} in its body");
  }

  private void addPart(String suffix, Part part) {
    Parameter lambda = Parameter.lambda(part.type(), part.name(), "sets the " + part.name());
    String filled = Parameter.filled(part.type(), part.name());
    add(
        suffix,
        List.of(lambda),
        shape.body(part, filled),
        "with the " + named(part) + " that a function sets");
    shape
        .meta()
        .ifPresent(
            meta ->
                add(
                    suffix,
                    List.of(lambda, Parameter.lambda(meta.type(), "meta", "sets the meta")),
                    shape.body(part, filled, meta, Parameter.filled(meta.type(), "meta")),
                    "with the "
                        + named(part)
                        + " that one function sets, and the {@code meta} that another sets"));
    if (!part.path().isEmpty()) {
      Parameter whole = Parameter.required(part.type(), part.name(), "the " + part.name());
      add(
          suffix,
          List.of(whole),
          shape.body(part, part.name()),
          "with the " + named(part) + " only");
    }
  }

  private static String named(Part part) {
    return part.name().equals("meta") ? "{@code meta}" : part.name();
  }
}
