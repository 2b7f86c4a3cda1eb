package io.github.persona4j.contract;

import io.github.persona4j.PersonaClient;
import io.github.persona4j.api.InquiriesApi;
import io.github.persona4j.operations.Inquiries;
import io.github.persona4j.paging.AsyncPages;
import io.github.persona4j.paging.Pages;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A published group of operations: a class with blocking methods, its two mirrors, and its Retrofit
 * interface.
 *
 * @param group the accessor of the client, such as {@code inquiries}
 * @param blocking the class, such as {@code Inquiries}
 * @param async its mirror with futures, such as {@code InquiriesAsync}
 * @param raw its mirror with whole responses, such as {@code InquiriesRaw}
 * @param retrofit the interface, such as {@code InquiriesApi}
 */
record ApiClass(String group, Class<?> blocking, Class<?> async, Class<?> raw, Class<?> retrofit) {
  private static final Set<Class<?>> ALL_PAGES = Set.of(Pages.class, AsyncPages.class);

  /** All groups, sorted by name. */
  static final List<ApiClass> ALL = find();

  /** Returns all public methods of all types, sorted by name. */
  List<Method> methods() {
    return Stream.of(blocking, async, raw, retrofit)
        .flatMap(type -> publicMethods(type).stream())
        .toList();
  }

  /**
   * Returns the operationId of a method: that of its name, or of the longest name that it starts
   * with, such as {@code create} of {@code createWatchlist}.
   */
  String id(Method method) {
    return group
        + "."
        + publicMethods(retrofit).stream()
            .map(Method::getName)
            .filter(name -> method.getName().startsWith(name))
            .max(Comparator.comparing(String::length))
            .orElse(method.getName());
  }

  /** Returns what follows the name of the operation in the name of a method, such as Watchlist. */
  static String kindOf(String operationId, Method method) {
    String name = operationId.substring(operationId.indexOf('.') + 1);
    return method.getName().substring(name.length());
  }

  /**
   * Returns the public methods that a type declares, sorted by name, without those that request all
   * pages: they make no request until their result is iterated, see {@link PageWalk}.
   */
  static List<Method> publicMethods(Class<?> type) {
    return Stream.of(type.getDeclaredMethods())
        .filter(method -> !ALL_PAGES.contains(method.getReturnType()))
        .filter(method -> Modifier.isPublic(method.getModifiers()) && !method.isSynthetic())
        .sorted((one, other) -> nameOf(one).compareTo(nameOf(other)))
        .toList();
  }

  /** Returns a method with its class and parameters, such as {@code Events.list(ListQuery)}. */
  static String nameOf(Method method) {
    List<String> types = Stream.of(method.getParameterTypes()).map(Class::getSimpleName).toList();
    return method.getDeclaringClass().getSimpleName()
        + "."
        + method.getName()
        + "("
        + String.join(", ", types)
        + ")";
  }

  /**
   * Finds the groups in their packages, not through the client, so that a class without an accessor
   * of the client, or an interface without a class, is an error.
   */
  private static List<ApiClass> find() {
    Map<Class<?>, String> groups = groups();
    Map<String, Class<?>> interfaces = publicClasses(InquiriesApi.class);
    interfaces.values().removeIf(type -> !type.isInterface()); // the constants of includes
    Map<String, Class<?>> classes = publicClasses(Inquiries.class);
    List<ApiClass> found = new ArrayList<>();
    for (Class<?> type : List.copyOf(classes.values())) {
      Class<?> retrofit = interfaces.remove(type.getSimpleName() + "Api");
      if (retrofit == null) {
        continue; // a mirror, or the accessors
      }
      String name = type.getSimpleName();
      String group = groups.get(type);
      Class<?> async = classes.remove(name + "Async");
      Class<?> raw = classes.remove(name + "Raw");
      classes.remove(name);
      if (group == null || async == null || raw == null) {
        throw new AssertionError(type + " has no accessor of the client, or no mirrors");
      }
      found.add(new ApiClass(group, type, async, raw, retrofit));
    }
    classes.keySet().removeAll(Set.of("ClientOperations", "AsyncOperations", "RawOperations"));
    if (!classes.isEmpty()) {
      throw new AssertionError("Classes without an interface: " + classes.keySet());
    }
    if (!interfaces.isEmpty()) {
      throw new AssertionError("Interfaces without a class: " + interfaces.keySet());
    }
    return List.copyOf(found);
  }

  private static Map<Class<?>, String> groups() {
    Map<Class<?>, String> groups = new HashMap<>();
    for (Method accessor : PersonaClient.class.getMethods()) {
      if (accessor.getParameterCount() == 0) {
        groups.put(accessor.getReturnType(), accessor.getName());
      }
    }
    return groups;
  }

  /** Returns the public classes in the package of a class, by their simple names. */
  private static Map<String, Class<?>> publicClasses(Class<?> example) {
    Map<String, Class<?>> classes = new TreeMap<>();
    for (String file : fileNames(example)) {
      if (file.endsWith(".class") && !file.contains("$") && !file.startsWith("package-info")) {
        String name = file.substring(0, file.length() - ".class".length());
        Class<?> type = named(example.getPackageName() + "." + name);
        if (Modifier.isPublic(type.getModifiers())) {
          classes.put(name, type);
        }
      }
    }
    return classes;
  }

  /** Returns the names of the files of a package, in a folder or a JAR. */
  private static List<String> fileNames(Class<?> example) {
    String folder = example.getPackageName().replace('.', '/');
    try {
      Path source = Path.of(example.getProtectionDomain().getCodeSource().getLocation().toURI());
      if (Files.isDirectory(source)) {
        return fileNames(source.resolve(folder));
      }
      try (FileSystem jar =
          FileSystems.newFileSystem(URI.create("jar:" + source.toUri()), Map.of())) {
        return fileNames(jar.getPath(folder));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The classes beside " + example + " cannot be listed", e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<String> fileNames(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> String.valueOf(file.getFileName())).toList();
    }
  }

  private static Class<?> named(String name) {
    try {
      return Class.forName(name);
    } catch (ClassNotFoundException e) {
      throw new LinkageError(name + " is missing", e);
    }
  }
}
