package io.github.persona4j.generator;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.openapitools.codegen.CodegenModel;

/** The interfaces that the class of a model implements, besides those of its base class. */
final class Supertypes {
  private Supertypes() {}

  /** Returns the interfaces of a class, in the order to print. */
  static List<String> of(CodegenModel model) {
    Map<String, Object> extensions = model.vendorExtensions;
    Set<String> found = new LinkedHashSet<>();
    if (extensions.containsKey("x-interface")) {
      found.add(model.name);
    }
    // Where useOneOfInterfaces puts the unions.
    if (extensions.get("x-implements") instanceof Iterable<?> unions) {
      unions.forEach(union -> found.add(union.toString()));
    }
    if (model.interfaces != null) {
      found.addAll(model.interfaces);
    }
    if (extensions.get("x-page-of") instanceof String item) {
      found.add("ResourcePage<" + item + ">");
    }
    if (extensions.containsKey("x-paged-query")) {
      found.add("PagedQuery<" + model.classname + ">");
    }
    if (extensions.containsKey("x-fields")) {
      found.add("FieldValues");
    }
    return new ArrayList<>(found);
  }
}
