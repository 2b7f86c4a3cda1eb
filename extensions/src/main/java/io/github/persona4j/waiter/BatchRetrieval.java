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
  private final Waits waits;
  private final BooleanSupplier toleratesMissing;

  /**
   * A retrieval.
   *
   * @param toleratesMissing whether one that is not found may still be created
   */
  BatchRetrieval(AsyncOperations operations, Waits waits, BooleanSupplier toleratesMissing) {
    this.operations = operations;
    this.waits = waits;
    this.toleratesMissing = toleratesMissing;
  }

  /** Lists inquiries by their IDs, 100 with each request. */
  CompletableFuture<WaitSummary<Inquiry>> inquiries(Batch<Inquiry> batch, RequestOptions options) {
    Sequence<WaitSummary<Inquiry>> requests = new Sequence<>(waits, batch::summary);
    List<String> all = batch.pending();
    for (int from = 0; from < all.size(); from += PAGE_SIZE) {
      List<String> wanted = all.subList(from, Math.min(from + PAGE_SIZE, all.size()));
      String ids = String.join(",", wanted);
      requests.add(
          () ->
              operations.inquiries().list(q -> q.filterInquiryId(ids).pageSize(PAGE_SIZE), options),
          (page, failure) -> listed(batch, wanted, checked(page, failure).items()));
    }
    return requests.begin();
  }

  private static <R> R checked(@Nullable R response, @Nullable Throwable failure) {
    if (response == null) {
      throw new CompletionException(failure);
    }
    return response;
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
  CompletableFuture<WaitSummary<Report>> reports(Batch<Report> batch, RequestOptions options) {
    return new Reports(batch, options).begin();
  }

  /** One round over reports. */
  private final class Reports {
    private final Batch<Report> batch;
    private final RequestOptions options;
    private final Set<String> unlisted;
    private final Sequence<WaitSummary<Report>> requests;
    private int pages;

    Reports(Batch<Report> batch, RequestOptions options) {
      this.batch = batch;
      this.options = options;
      this.unlisted = new LinkedHashSet<>(batch.pending());
      this.requests = new Sequence<>(waits, batch::summary);
      this.pages = (unlisted.size() + PAGE_SIZE - 1) / PAGE_SIZE;
    }

    CompletableFuture<WaitSummary<Report>> begin() {
      if (pages > 0) {
        requests.add(
            () -> operations.reports().list(q -> q.pageSize(PAGE_SIZE), options), this::listed);
      }
      return requests.begin();
    }

    private void listed(@Nullable AsyncPage<Report> page, @Nullable Throwable failure) {
      pages--;
      if (page != null) {
        batch.add(page.items());
        page.items().forEach(report -> unlisted.remove(report.id()));
        if (pages > 0 && page.hasNext() && !unlisted.isEmpty()) {
          requests.add(page::next, this::listed);
          return;
        }
      }
      unlisted.stream().limit(MAX_SINGLE).forEach(this::addSingle);
      AsyncPage<Report> unused = checked(page, failure);
    }

    private void addSingle(String id) {
      batch.asked(id);
      requests.add(
          () -> operations.reports().retrieve(id, options),
          (response, failure) -> {
            if (!(failure instanceof NotFoundException)) {
              batch.add(List.of(checked(response, failure).data()));
            } else if (!toleratesMissing.getAsBoolean()) {
              batch.addMissing(id);
            }
          });
    }
  }
}
