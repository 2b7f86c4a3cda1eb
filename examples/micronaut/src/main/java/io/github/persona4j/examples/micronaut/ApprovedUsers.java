package io.github.persona4j.examples.micronaut;

import jakarta.inject.Singleton;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The IDs of the inquiries that were approved. */
@Singleton
final class ApprovedUsers {
  private final Set<String> inquiries = ConcurrentHashMap.newKeySet();

  void add(String inquiryId) {
    inquiries.add(inquiryId);
  }

  boolean contains(String inquiryId) {
    return inquiries.contains(inquiryId);
  }
}
