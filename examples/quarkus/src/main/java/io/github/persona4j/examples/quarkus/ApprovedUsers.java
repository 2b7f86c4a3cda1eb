package io.github.persona4j.examples.quarkus;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The IDs of the inquiries that were approved. */
@ApplicationScoped
class ApprovedUsers {
  private final Set<String> inquiries = ConcurrentHashMap.newKeySet();

  void add(String inquiryId) {
    inquiries.add(inquiryId);
  }

  boolean contains(String inquiryId) {
    return inquiries.contains(inquiryId);
  }
}
