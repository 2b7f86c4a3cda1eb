package io.github.persona4j.examples.springboot;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.stereotype.Repository;

/** What is known of the customers, in place of a database. */
@Repository
class Customers {
  private final Map<String, List<String>> states = new ConcurrentHashMap<>();

  void add(String customer, String state) {
    states.computeIfAbsent(customer, id -> new CopyOnWriteArrayList<>()).add(state);
  }

  /** Returns what became of a customer, the newest last. */
  List<String> states(String customer) {
    return states.getOrDefault(customer, List.of());
  }
}
