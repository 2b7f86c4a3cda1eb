package io.github.persona4j.contract;

import io.github.persona4j.PersonaClient;
import io.github.persona4j.api.Inquiries;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A published group of operations: a class with blocking methods, and its Retrofit interface.
 *
 * @param group the accessor of the client, such as {@code inquiries}
 * @param blocking the class, such as {@code Inquiries}
 * @param retrofit the interface, such as {@code InquiriesApi}
 */
record ApiClass(String group, Class<?> blocking, Class<?> retrofit) {
  private static final String PACKAGE = Inquiries.class.getPackageName();

  /** All groups, sorted by name. */
  static final List<ApiClass> ALL = find();

  /** Returns all public methods of both types, sorted by name. */
  List<Method> methods() {
    return Stream.concat(publicMethods(blocking).stream(), publicMethods(retrofit).stream())
        .toList();
  }

  /** Returns the operationId of a method. */
  String id(Method method) {
    return group + "." + method.getName();
  }

  /** Returns the public methods that a type declares, sorted by name. */
  static List<Method> publicMethods(Class<?> type) {
    return Stream.of(type.getDeclaredMethods())
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
   * Finds the groups in their package, not through the client, so that a class without an accessor
   * of the client, or an interface without a class, is an error.
   */
  private static List<ApiClass> find() {
    Map<Class<?>, String> groups = groups();
    List<ApiClass> found = new ArrayList<>();
    for (Class<?> type : publicClasses()) {
      if (type.isInterface()) {
        named(type.getName().substring(0, type.getName().length() - "Api".length()));
      } else {
        String group = groups.get(type);
        if (group == null) {
          throw new AssertionError("PersonaClient has no method that returns " + type.getName());
        }
        found.add(new ApiClass(group, type, named(type.getName() + "Api")));
      }
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

  private static List<Class<?>> publicClasses() {
    Map<String, Class<?>> classes = new TreeMap<>();
    for (String file : fileNames()) {
      if (file.endsWith(".class") && !file.contains("$") && !file.startsWith("package-info")) {
        Class<?> type = named(PACKAGE + "." + file.substring(0, file.length() - ".class".length()));
        if (Modifier.isPublic(type.getModifiers())) {
          classes.put(type.getName(), type);
        }
      }
    }
    return List.copyOf(classes.values());
  }

  /** Returns the names of the files of the package, in a folder or a JAR. */
  private static List<String> fileNames() {
    String folder = PACKAGE.replace('.', '/');
    try {
      Path source =
          Path.of(Inquiries.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      if (Files.isDirectory(source)) {
        return fileNames(source.resolve(folder));
      }
      try (FileSystem jar =
          FileSystems.newFileSystem(URI.create("jar:" + source.toUri()), Map.of())) {
        return fileNames(jar.getPath(folder));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The classes of " + PACKAGE + " cannot be listed", e);
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
