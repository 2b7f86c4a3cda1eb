package io.github.persona4j.examples.springboot;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.stereotype.Repository;

/** What is known of the customers, in place of a database. */
@Repository
class Customers {
  private final Map<String, String> byInquiry = new ConcurrentHashMap<>();
  private final Map<String, List<String>> states = new ConcurrentHashMap<>();

  void invite(String customer, String inquiryId) {
    byInquiry.put(inquiryId, customer);
    add(customer, "invited");
  }

  /** Returns the customer whom an inquiry is about. */
  Optional<String> ofInquiry(String inquiryId) {
    return Optional.ofNullable(byInquiry.get(inquiryId));
  }

  void add(String customer, String state) {
    states.computeIfAbsent(customer, id -> new CopyOnWriteArrayList<>()).add(state);
  }

  /** Returns what became of a customer, the newest last. */
  List<String> states(String customer) {
    return states.getOrDefault(customer, List.of());
  }
}
