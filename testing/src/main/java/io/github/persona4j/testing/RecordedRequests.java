package io.github.persona4j.testing;

import io.github.persona4j.testing.internal.http.ApiRequest;
import java.util.ArrayDeque;
import java.util.List;

/** The last requests in the order of arrival. Thread-safe. */
final class RecordedRequests {
  /** The number of requests kept, so that a long run does not fill the memory. */
  private static final int MAX = 10_000;

  private final ArrayDeque<RecordedRequest> requests = new ArrayDeque<>();

  /** Adds a request, unless it is for the page that shows the state of the fake. */
  void add(ApiRequest request) {
    if (request.path().equals("/")) {
      return;
    }
    RecordedRequest recorded = new RecordedRequest(request);
    synchronized (requests) {
      if (requests.size() == MAX) {
        requests.removeFirst();
      }
      requests.addLast(recorded);
    }
  }

  List<RecordedRequest> list() {
    synchronized (requests) {
      return List.copyOf(requests);
    }
  }
}
