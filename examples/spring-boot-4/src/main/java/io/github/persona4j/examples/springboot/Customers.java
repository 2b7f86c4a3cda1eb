package io.github.persona4j.examples.springboot;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Repository;

/** What is known of the customers, in place of a database. */
@Repository
class Customers {
  private final Map<String, String> states = new ConcurrentHashMap<>();

  void set(String id, String state) {
    states.put(id, state);
  }

  String state(String id) {
    return states.getOrDefault(id, "unknown");
  }
}
