package io.github.persona4j.compatibility;

import japicmp.cmp.JApiCmpArchive;
import japicmp.cmp.JarArchiveComparator;
import japicmp.cmp.JarArchiveComparatorOptions;
import japicmp.cmp.JarArchiveComparatorOptions.ClassPathMode;
import japicmp.model.AccessModifier;
import japicmp.model.JApiBehavior;
import japicmp.model.JApiCanBeSynthetic;
import japicmp.model.JApiChangeStatus;
import japicmp.model.JApiClass;
import japicmp.model.JApiCompatibility;
import japicmp.model.JApiCompatibilityChange;
import japicmp.model.JApiHasAccessModifier;
import japicmp.model.JApiMethod;
import japicmp.model.SyntheticModifier;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The differences between the public API of two jars.
 *
 * @param incompatible the changes after which callers fail or no longer compile
 * @param added the number of added public classes, methods, constructors and fields
 */
record ApiChanges(List<ApiChange> incompatible, long added) {
  /**
   * Only Retrofit and the generated classes implement the interfaces of these packages, so that a
   * new method is an addition.
   */
  private static final Set<String> NOT_IMPLEMENTED_BY_USERS =
      Set.of("io.github.persona4j.api", "io.github.persona4j.model");

  private static final Pattern ANONYMOUS = Pattern.compile("\\$[0-9]");

  private static final Set<String> NEW_METHOD =
      Set.of("METHOD_ADDED_TO_INTERFACE", "METHOD_ABSTRACT_ADDED_IN_IMPLEMENTED_INTERFACE");

  /**
   * Compares two jars.
   *
   * @param oldLibraries the jars of which the classes of the old jar are made
   * @param newLibraries the jars of which the classes of the new jar are made
   */
  static ApiChanges between(
      Path oldJar, List<Path> oldLibraries, Path newJar, List<Path> newLibraries) {
    JarArchiveComparatorOptions options = new JarArchiveComparatorOptions();
    options.setAccessModifier(AccessModifier.PROTECTED);
    options.setNoAnnotations(true);
    options.setClassPathMode(ClassPathMode.TWO_SEPARATE_CLASSPATHS);
    options.setOldClassPath(strings(oldLibraries));
    options.setNewClassPath(strings(newLibraries));
    // Libraries with optional dependencies.
    options.getIgnoreMissingClasses().setIgnoreAllMissingClasses(true);
    List<JApiClass> classes =
        new JarArchiveComparator(options).compare(archive(oldJar), archive(newJar));

    List<ApiChange> incompatible = new ArrayList<>();
    long added = 0;
    for (JApiClass type : classes) {
      String name = type.getFullyQualifiedName();
      // Kotlin makes the anonymous classes of inline functions public.
      if (!name.contains(".internal.") && !ANONYMOUS.matcher(name).find()) {
        collect(type, incompatible);
        added += additions(type);
      }
    }
    return new ApiChanges(List.copyOf(incompatible), added);
  }

  private static JApiCmpArchive archive(Path jar) {
    return new JApiCmpArchive(jar.toFile(), "0");
  }

  private static List<String> strings(List<Path> paths) {
    return paths.stream().map(Path::toString).collect(Collectors.toList());
  }

  private static void collect(JApiClass type, List<ApiChange> changes) {
    add(type, "", "", type, changes);
    if (type.getChangeStatus() == JApiChangeStatus.REMOVED) {
      return; // that its members are removed, too, says nothing more
    }
    add(type, "", "", type.getSuperclass(), changes);
    type.getInterfaces().forEach(each -> add(type, "", "", each, changes));
    if (type.getOldClass().isPresent() && type.getNewClass().isPresent()) {
      TypeHeader.of(type.getOldClass().get())
          .changesTo(TypeHeader.of(type.getNewClass().get()))
          .forEach(
              kind ->
                  changes.add(
                      new ApiChange(type.getFullyQualifiedName(), "", "", kind, false, true)));
    }
    type.getConstructors().forEach(each -> collect(type, each, changes));
    for (JApiMethod method : type.getMethods()) {
      collect(type, method, changes);
      add(type, method.getName(), declaration(method), method.getReturnType(), changes);
    }
    type.getFields().forEach(each -> add(type, each.getName(), each.getName(), each, changes));
  }

  private static void collect(JApiClass type, JApiBehavior behavior, List<ApiChange> changes) {
    // japicmp also reports a removed constructor that was package-private.
    if (behavior.getAccessModifier().getOldModifier().filter(ApiChanges::isHidden).isPresent()) {
      return;
    }
    String declaration = declaration(behavior);
    add(type, behavior.getName(), declaration, behavior, changes);
    behavior
        .getParameters()
        .forEach(each -> add(type, behavior.getName(), declaration, each, changes));
  }

  private static void add(
      JApiClass type,
      String member,
      String declaration,
      JApiCompatibility element,
      List<ApiChange> changes) {
    for (JApiCompatibilityChange change : element.getCompatibilityChanges()) {
      String kind = change.getType().name();
      if ((change.isBinaryCompatible() && change.isSourceCompatible())
          || (NEW_METHOD.contains(kind) && NOT_IMPLEMENTED_BY_USERS.contains(packageOf(type)))) {
        continue;
      }
      changes.add(
          new ApiChange(
              type.getFullyQualifiedName(),
              member,
              declaration,
              kind,
              !change.isBinaryCompatible(),
              !change.isSourceCompatible()));
    }
  }

  private static String packageOf(JApiClass type) {
    String name = type.getFullyQualifiedName();
    return name.substring(0, Math.max(0, name.lastIndexOf('.')));
  }

  private static String declaration(JApiBehavior behavior) {
    return behavior.getParameters().stream()
        .map(parameter -> parameter.getType())
        .map(name -> name.substring(name.lastIndexOf('.') + 1))
        .collect(Collectors.joining(", ", behavior.getName() + "(", ")"));
  }

  private static long additions(JApiClass type) {
    if (!isVisible(type) || ANONYMOUS.matcher(type.getFullyQualifiedName()).find()) {
      return 0;
    }
    if (type.getChangeStatus() == JApiChangeStatus.NEW) {
      return 1;
    }
    return Stream.of(type.getMethods(), type.getConstructors(), type.getFields())
        .flatMap(List::stream)
        .filter(each -> each.getChangeStatus() == JApiChangeStatus.NEW && isVisible(each))
        .count();
  }

  private static boolean isVisible(JApiHasAccessModifier element) {
    // Only Kotlin code can name a synthetic function, and it is compiled into its callers.
    if (element instanceof JApiCanBeSynthetic member
        && member
            .getSyntheticModifier()
            .getNewModifier()
            .filter(SyntheticModifier.SYNTHETIC::equals)
            .isPresent()) {
      return false;
    }
    return element
        .getAccessModifier()
        .getNewModifier()
        .filter(access -> !isHidden(access))
        .isPresent();
  }

  private static boolean isHidden(AccessModifier access) {
    return access != AccessModifier.PUBLIC && access != AccessModifier.PROTECTED;
  }

  /** The jars of the class path of this test. */
  static List<Path> classPath() {
    List<Path> jars = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      jars.add(Path.of(entry));
    }
    return jars;
  }
}
