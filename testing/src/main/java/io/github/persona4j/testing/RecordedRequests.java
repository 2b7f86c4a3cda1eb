package io.github.persona4j.testing;

import io.github.persona4j.testing.internal.http.ApiRequest;
import java.util.ArrayDeque;
import java.util.List;
import java.util.function.IntConsumer;

/** The last requests in the order of arrival. Thread-safe. */
final class RecordedRequests {
  /** The number of requests kept, so that a long run does not fill the memory. */
  static final int MAX = 10_000;

  /** The number of bytes of their bodies that are kept. */
  static final long MAX_BYTES = 64L << 20;

  private final ArrayDeque<RecordedRequest> requests = new ArrayDeque<>();
  private long bytes;
  private long count;

  /**
   * Adds a request, unless it is for the page that shows the state of the fake.
   *
   * @return receives the status of the response
   */
  IntConsumer add(ApiRequest request) {
    if (request.path().equals("/")) {
      return status -> {};
    }
    RecordedRequest recorded = new RecordedRequest(request);
    synchronized (requests) {
      count++;
      bytes += recorded.size();
      requests.addLast(recorded);
      while (requests.size() > MAX || (bytes > MAX_BYTES && requests.size() > 1)) {
        bytes -= requests.removeFirst().size();
      }
    }
    return recorded::setResponseStatus;
  }

  List<RecordedRequest> list() {
    synchronized (requests) {
      return List.copyOf(requests);
    }
  }

  /** Returns the number of all requests, also of those that are not kept. */
  long count() {
    synchronized (requests) {
      return count;
    }
  }
}
