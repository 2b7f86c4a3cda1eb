package io.github.persona4j.packaging;

import java.lang.reflect.Member;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import org.jspecify.annotations.Nullable;

/** Collects the reflective calls of the classes that a {@link RecordingClassLoader} defines. */
public final class Recorder {
  private static final Set<Use> USES = new ConcurrentSkipListSet<>();

  private Recorder() {}

  /**
   * What a program used.
   *
   * @param kind {@code proxy}, {@code resource}, {@code type}, {@code member} or {@code service}
   * @param target the interfaces of the proxy, separated by commas, or the name of the resource or
   *     type
   * @param member the member, or ""
   * @param caller the class and method that made the call
   * @param callee the class and method that it called
   */
  record Use(String kind, String target, String member, String caller, String callee)
      implements Comparable<Use> {
    @Override
    public int compareTo(Use other) {
      return toString().compareTo(other.toString());
    }
  }

  static Set<Use> uses() {
    return USES;
  }

  /** Called by the recorded classes, with the object, if there is one, and the arguments. */
  public static void record(String caller, String callee, @Nullable Object[] values) {
    USES.add(use(caller, callee, values));
  }

  private static Use use(String caller, String callee, @Nullable Object[] values) {
    Object first = values.length == 0 ? null : values[0];
    if (callee.startsWith("reference ")) {
      return new Use("other", String.valueOf(first), "", caller, callee);
    } else if (callee.startsWith("Proxy.")) {
      Class<?>[] types =
          Arrays.stream(values)
              .filter(Class[].class::isInstance)
              .map(Class[].class::cast)
              .findFirst()
              .orElseThrow();
      String names = String.join(",", Arrays.stream(types).map(Class::getName).toList());
      return new Use("proxy", names, "", caller, callee);
    } else if (callee.contains(".getResource")) {
      String name = String.valueOf(values[1]);
      if (first instanceof Class<?> type) {
        name =
            name.startsWith("/")
                ? name.substring(1)
                : type.getPackageName().replace('.', '/') + "/" + name;
      }
      return new Use("resource", name, "", caller, callee);
    } else if (callee.equals("Class.forName") || callee.endsWith(".loadClass")) {
      Object name = callee.endsWith(".loadClass") ? values[1] : first;
      return new Use("type", String.valueOf(name), "", caller, callee);
    } else if (callee.startsWith("Class.") && first instanceof Class<?> type) {
      String member = values.length > 1 && values[1] instanceof String name ? name : "";
      if (callee.endsWith("Constructor")) {
        member = "<init>";
      }
      return new Use("member", type.getName(), member, caller, callee);
    } else if (first instanceof Member member) {
      String name = callee.startsWith("Constructor") ? "<init>" : member.getName();
      return new Use("member", member.getDeclaringClass().getName(), name, caller, callee);
    }
    Object type = Arrays.stream(values).filter(Class.class::isInstance).findFirst().orElse(first);
    String name = type instanceof Class<?> c ? c.getName() : String.valueOf(type);
    return new Use("other", name, "", caller, callee);
  }
}
