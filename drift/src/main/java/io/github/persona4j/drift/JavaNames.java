package io.github.persona4j.drift;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The Java types and methods of the client for places of the API. The build writes them into a
 * resource, since the compared descriptions need not be ours.
 */
final class JavaNames {
  static final String NONE = "none yet";
  static final String RESOURCE = "java-names.tsv";

  private final Map<String, Name> names = new HashMap<>();

  /** The method for a place, and the type of its value; either may be empty. */
  private record Name(String method, String type) {}

  /** Reads the names from the resource; there are none without it. */
  static JavaNames load() {
    JavaNames result = new JavaNames();
    try (InputStream stream = JavaNames.class.getResourceAsStream(RESOURCE)) {
      if (stream == null) {
        return result;
      }
      BufferedReader reader =
          new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        String[] cells = line.split("\t", -1);
        result.names.put(cells[0], new Name(cells[1], cells[2]));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return result;
  }

  /** Returns the key of a part of a place. */
  static String key(String place, String part) {
    return Description.shapeOfPath(place) + (part.isEmpty() ? "" : " | " + withoutStatus(part));
  }

  private static String withoutStatus(String part) {
    return part.replaceFirst("^response [0-9X]+ ", "response ");
  }

  /** Returns the difference with the types and methods that it touches. */
  Difference complete(Difference difference) {
    SortedSet<String> touches = difference.touches();
    touches.addAll(touched(difference));
    return difference;
  }

  private SortedSet<String> touched(Difference difference) {
    SortedSet<String> touched = new TreeSet<>();
    boolean atOperation = difference.place().matches("[A-Z]+ /.*|webhook .*");
    String place = atOperation ? difference.place() : typeOf(difference);
    Name owner = names.get(key(place, ""));
    if (owner == null) {
      touched.add(NONE);
      return touched;
    }
    String part = difference.part();
    if (atOperation) {
      addMethod(touched, owner);
      if (part.isEmpty() || part.equals("request") || part.startsWith("security")) {
        return touched;
      }
      if (part.startsWith("error ")) {
        touched.add("PersonaApiException");
        return touched;
      }
    } else if (part.isEmpty()) {
      touched.add(owner.type());
      return touched;
    }
    boolean inOwner = !atOperation || part.startsWith("query ");
    addPart(touched, place, part, inOwner ? owner.type() : "");
    return touched;
  }

  private void addPart(SortedSet<String> touched, String place, String part, String type) {
    Name exact = find(place, part);
    if (exact != null) {
      addMethod(touched, exact);
      if (!exact.type().isEmpty()) {
        touched.add(exact.type());
      }
      return;
    }
    for (String outer = outer(part); !outer.isEmpty(); outer = outer(outer)) {
      Name name = find(place, outer);
      if (name != null && !name.type().isEmpty()) {
        touched.add(name.type() + " (" + NONE + ")");
        return;
      }
    }
    touched.add(type.isEmpty() ? NONE : type + " (" + NONE + ")");
  }

  private static void addMethod(SortedSet<String> touched, Name name) {
    if (!name.method().isEmpty()) {
      touched.add(name.method());
    }
  }

  private @Nullable Name find(String place, String part) {
    Name name = names.get(key(place, part));
    if (name == null) {
      name = names.get(key(place, part.replaceAll("(\\[]|\\{\\*})+$", "")));
    }
    return name != null ? name : names.get(key(place, part.replaceAll("\\{[^*{}]+}", "")));
  }

  /** Returns the part without its last step, or the empty string. */
  private static String outer(String part) {
    int end =
        Math.max(part.lastIndexOf('.'), Math.max(part.lastIndexOf('['), part.lastIndexOf('{')));
    return end > 0 ? part.substring(0, end) : "";
  }

  /** Returns the type of the resource: the place without the path, which the part repeats. */
  private static String typeOf(Difference difference) {
    String path = Site.shown(difference.part());
    String place = difference.place();
    return !path.isEmpty() && place.endsWith("." + path)
        ? place.substring(0, place.length() - path.length() - 1)
        : place;
  }

  /** Returns {@code referenceId} for {@code reference-id}. */
  static String camel(String name) {
    StringBuilder camel = new StringBuilder();
    boolean upper = false;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (Character.isLetterOrDigit(c)) {
        camel.append(upper && camel.length() > 0 ? Character.toUpperCase(c) : c);
        upper = false;
      } else {
        upper = true;
      }
    }
    return camel.length() == 0
        ? name
        : camel.substring(0, 1).toLowerCase(Locale.ROOT) + camel.substring(1);
  }

  /** Returns {@code ReferenceId} for {@code reference-id}. */
  static String capitalized(String name) {
    String camel = camel(name);
    return camel.substring(0, 1).toUpperCase(Locale.ROOT) + camel.substring(1);
  }
}
