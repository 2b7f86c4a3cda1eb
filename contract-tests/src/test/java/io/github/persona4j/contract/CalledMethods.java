package io.github.persona4j.contract;

import java.lang.reflect.Method;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Records which public methods of the generated classes, found by reflection, were called.
 * Operations that are missing in the mocked description do not count. Thread-safe.
 */
final class CalledMethods {
  private final List<Method> all;
  private final Set<Method> called = ConcurrentHashMap.newKeySet();

  CalledMethods(List<Operation> shared) {
    Set<String> missing = new HashSet<>(Contract.ours().stream().map(Operation::id).toList());
    Set<String> groups = new HashSet<>();
    for (Operation operation : shared) {
      missing.remove(operation.id());
      groups.add(operation.id().substring(0, operation.id().indexOf('.')));
    }
    this.all =
        ApiClass.ALL.stream()
            .filter(api -> groups.contains(api.group()))
            .flatMap(api -> api.methods().stream().filter(each -> !missing.contains(api.id(each))))
            .toList();
  }

  /** Returns all methods, called or not. */
  List<Method> all() {
    return all;
  }

  /** Records a call. */
  void add(Method method) {
    called.add(method);
  }

  /** Returns the names of the methods that were not called so far. */
  List<String> uncalled() {
    return all.stream().filter(method -> !called.contains(method)).map(ApiClass::nameOf).toList();
  }
}
