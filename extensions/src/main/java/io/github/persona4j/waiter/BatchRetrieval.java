package io.github.persona4j.waiter;

import io.github.persona4j.model.Inquiry;
import io.github.persona4j.model.Report;
import io.github.persona4j.operations.AsyncOperations;
import io.github.persona4j.paging.AsyncPage;
import io.github.persona4j.request.RequestOptions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Retrieves many resources with few requests. */
final class BatchRetrieval {
  private static final int PAGE_SIZE = 100;
  private static final int MAX_SINGLE = 10;

  private BatchRetrieval() {}

  /** Lists inquiries by their IDs, 100 with each request. */
  static CompletableFuture<List<Inquiry>> inquiries(
      AsyncOperations operations, Set<String> ids, RequestOptions options) {
    List<String> all = List.copyOf(ids);
    List<Supplier<CompletableFuture<List<Inquiry>>>> requests = new ArrayList<>();
    for (int from = 0; from < all.size(); from += PAGE_SIZE) {
      String wanted = String.join(",", all.subList(from, Math.min(from + PAGE_SIZE, all.size())));
      requests.add(
          () ->
              operations
                  .inquiries()
                  .list(q -> q.filterInquiryId(wanted).pageSize(PAGE_SIZE), options)
                  .thenApply(AsyncPage::items));
    }
    return inTurn(requests);
  }

  /**
   * Lists the newest reports, as many pages as the IDs would fill, because no list takes the IDs of
   * reports. Of those that are not among them, some are retrieved alone.
   */
  static CompletableFuture<List<Report>> reports(
      AsyncOperations operations, Set<String> ids, RequestOptions options) {
    int pages = (ids.size() + PAGE_SIZE - 1) / PAGE_SIZE;
    return operations
        .reports()
        .list(q -> q.pageSize(PAGE_SIZE), options)
        .thenCompose(page -> pages(page, pages))
        .thenCompose(listed -> others(operations, listed, ids, options));
  }

  private static CompletableFuture<List<Report>> pages(AsyncPage<Report> page, int pages) {
    if (pages <= 1 || !page.hasNext()) {
      return CompletableFuture.completedFuture(page.items());
    }
    return page.next()
        .thenCompose(next -> pages(next, pages - 1))
        .thenApply(rest -> joined(page.items(), rest));
  }

  private static CompletableFuture<List<Report>> others(
      AsyncOperations operations, List<Report> listed, Set<String> ids, RequestOptions options) {
    Set<String> missing = new HashSet<>(ids);
    listed.forEach(report -> missing.remove(report.id()));
    List<Supplier<CompletableFuture<List<Report>>>> requests = new ArrayList<>();
    missing.stream()
        .limit(MAX_SINGLE)
        .forEach(
            id ->
                requests.add(
                    () ->
                        operations
                            .reports()
                            .retrieve(id, options)
                            .thenApply(response -> List.of(response.data()))));
    return inTurn(requests).thenApply(rest -> joined(listed, rest));
  }

  /** Makes requests one after the other. */
  private static <T> CompletableFuture<List<T>> inTurn(
      List<Supplier<CompletableFuture<List<T>>>> requests) {
    CompletableFuture<List<T>> all = CompletableFuture.completedFuture(List.of());
    for (Supplier<CompletableFuture<List<T>>> request : requests) {
      all = all.thenCompose(found -> request.get().thenApply(more -> joined(found, more)));
    }
    return all;
  }

  private static <T> List<T> joined(List<T> first, List<T> second) {
    List<T> all = new ArrayList<>(first);
    all.addAll(second);
    return all;
  }
}
