package io.github.persona4j.waiter;

import io.github.persona4j.error.NotFoundException;
import io.github.persona4j.model.Inquiry;
import io.github.persona4j.model.Report;
import io.github.persona4j.operations.AsyncOperations;
import io.github.persona4j.paging.AsyncPage;
import io.github.persona4j.request.RequestOptions;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Retrieves the resources of a {@link Batch} with few requests. */
final class BatchRetrieval {
  private static final int PAGE_SIZE = 100;
  private static final int MAX_SINGLE = 10;

  private final AsyncOperations operations;
  private final Pace pace;
  private final BooleanSupplier toleratesMissing;

  /**
   * A retrieval.
   *
   * @param toleratesMissing whether one that is not found may still be created
   */
  BatchRetrieval(AsyncOperations operations, Pace pace, BooleanSupplier toleratesMissing) {
    this.operations = operations;
    this.pace = pace;
    this.toleratesMissing = toleratesMissing;
  }

  /** Lists inquiries by their IDs, 100 with each request. */
  CompletableFuture<@Nullable Void> inquiries(Batch<Inquiry> batch, RequestOptions options) {
    Sequence requests = new Sequence(pace);
    List<String> all = batch.pending();
    for (int from = 0; from < all.size(); from += PAGE_SIZE) {
      List<String> wanted = all.subList(from, Math.min(from + PAGE_SIZE, all.size()));
      requests.add(
          () ->
              operations
                  .inquiries()
                  .list(
                      q -> q.filterInquiryId(String.join(",", wanted)).pageSize(PAGE_SIZE), options)
                  .thenAccept(page -> listed(batch, wanted, page.items())));
    }
    return requests.begin();
  }

  private void listed(Batch<Inquiry> batch, List<String> wanted, List<Inquiry> found) {
    batch.add(found);
    if (!toleratesMissing.getAsBoolean()) {
      Set<String> missing = new LinkedHashSet<>(wanted);
      found.forEach(inquiry -> missing.remove(inquiry.id()));
      missing.forEach(batch::addMissing);
    }
  }

  /**
   * Lists the newest reports, as many pages as the IDs would fill, because no list takes the IDs of
   * reports. Of those that are not among them, some are retrieved alone.
   */
  CompletableFuture<@Nullable Void> reports(Batch<Report> batch, RequestOptions options) {
    List<String> wanted = batch.pending();
    Set<String> unlisted = new LinkedHashSet<>(wanted);
    int pages = (wanted.size() + PAGE_SIZE - 1) / PAGE_SIZE;
    Sequence requests = new Sequence(pace);
    if (pages > 0) {
      requests.add(
          () ->
              operations
                  .reports()
                  .list(q -> q.pageSize(PAGE_SIZE), options)
                  .thenAccept(page -> listed(batch, page, pages - 1, unlisted, requests, options)));
    }
    return requests.begin();
  }

  private void listed(
      Batch<Report> batch,
      AsyncPage<Report> page,
      int morePages,
      Set<String> unlisted,
      Sequence requests,
      RequestOptions options) {
    batch.add(page.items());
    page.items().forEach(report -> unlisted.remove(report.id()));
    if (morePages > 0 && page.hasNext() && !unlisted.isEmpty()) {
      requests.add(
          () ->
              page.next()
                  .thenAccept(
                      next -> listed(batch, next, morePages - 1, unlisted, requests, options)));
    } else {
      unlisted.stream()
          .limit(MAX_SINGLE)
          .forEach(id -> requests.add(() -> retrieve(batch, id, options)));
    }
  }

  private CompletableFuture<?> retrieve(Batch<Report> batch, String id, RequestOptions options) {
    batch.asked(id);
    CompletableFuture<Report> report =
        operations.reports().retrieve(id, options).thenApply(response -> response.data());
    return report.handle(
        (found, failure) -> {
          if (failure == null) {
            batch.add(List.of(found));
          } else if (!isNotFound(failure)) {
            throw new CompletionException(failure);
          } else if (!toleratesMissing.getAsBoolean()) {
            batch.addMissing(id);
          }
          return id;
        });
  }

  private static boolean isNotFound(Throwable failure) {
    return failure instanceof NotFoundException || failure.getCause() instanceof NotFoundException;
  }
}
