package io.github.persona4j.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.persona4j.api.EventsApi;
import io.github.persona4j.model.Event;
import io.github.persona4j.model.EventPage;
import io.github.persona4j.paging.AsyncPage;
import io.github.persona4j.paging.AsyncPages;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Flow;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.reactivestreams.tck.TestEnvironment;
import org.reactivestreams.tck.flow.FlowPublisherVerification;

/**
 * The rules of Reactive Streams for the publishers of items and pages, checked with the kit of
 * their authors.
 */
class PublisherRulesTest {
  private static final int PAGE_SIZE = 3;

  /** Rules for publishers that fail or refuse a subscriber before it requests anything. */
  private static final String NEED_ANOTHER_PUBLISHER =
      "optional_spec104_.*|required_spec109_mayReject.*";

  /** Rules that compare elements of two subscriptions; pages are objects without equality. */
  private static final String COMPARE_ELEMENTS = "optional_spec111_multicast_.*";

  private static final TestEnvironment ENVIRONMENT = new TestEnvironment(500, 100);

  /** The rules for the publisher of items. */
  private static final class Items extends FlowPublisherVerification<Event> {
    Items() {
      super(ENVIRONMENT);
    }

    @Override
    public Flow.Publisher<Event> createFlowPublisher(long elements) {
      return AsyncPages.of(query -> page(query, elements), EventsApi.ListQuery.none());
    }

    @Override
    public Flow.@Nullable Publisher<Event> createFailedFlowPublisher() {
      return null; // fails only when it is asked for items
    }
  }

  /** The rules for the publisher of pages. */
  private static final class PagesOfItems extends FlowPublisherVerification<AsyncPage<Event>> {
    PagesOfItems() {
      super(ENVIRONMENT);
    }

    @Override
    public Flow.Publisher<AsyncPage<Event>> createFlowPublisher(long elements) {
      long items = elements > Long.MAX_VALUE / PAGE_SIZE ? Long.MAX_VALUE : elements * PAGE_SIZE;
      return AsyncPages.of(query -> page(query, items), EventsApi.ListQuery.none()).pages();
    }

    @Override
    public Flow.@Nullable Publisher<AsyncPage<Event>> createFailedFlowPublisher() {
      return null;
    }

    // A list without items has one page.
    @Override
    public long maxElementsFromPublisher() {
      return Long.MAX_VALUE - 1;
    }
  }

  private static EventPage page(EventsApi.ListQuery query, long items) {
    String after = query.pageAfter();
    long from = after == null ? 0 : Long.parseLong(after);
    long to = Math.min(items, from + PAGE_SIZE);
    String events =
        LongStream.range(from, to)
            .mapToObj(id -> "{\"type\":\"event\",\"id\":\"evt_" + id + "\"}")
            .collect(Collectors.joining(","));
    String next = to < items ? "\"/events?page%5Bafter%5D=" + to + "\"" : "null";
    return EventPage.fromJson(
        "{\"data\":[" + events + "],\"links\":{\"prev\":null,\"next\":" + next + "}}");
  }

  @TestFactory
  Stream<DynamicTest> items_obeyRule() {
    return rules(Items::new, NEED_ANOTHER_PUBLISHER);
  }

  @TestFactory
  Stream<DynamicTest> pages_obeyRule() {
    return rules(PagesOfItems::new, NEED_ANOTHER_PUBLISHER + "|" + COMPARE_ELEMENTS);
  }

  @Test
  void kit_hasRules() {
    assertThat(methods()).hasSizeGreaterThan(30);
  }

  private static List<Method> methods() {
    return Arrays.stream(FlowPublisherVerification.class.getMethods())
        .filter(method -> method.isAnnotationPresent(org.testng.annotations.Test.class))
        .filter(method -> !method.getName().startsWith("untested_"))
        .sorted(Comparator.comparing(Method::getName))
        .toList();
  }

  private static Stream<DynamicTest> rules(
      Supplier<FlowPublisherVerification<?>> kit, String excluded) {
    return methods().stream()
        .filter(rule -> !rule.getName().matches(excluded))
        .map(rule -> DynamicTest.dynamicTest(rule.getName(), () -> check(rule, kit.get())));
  }

  // A rule that the kit skips is a failure.
  private static void check(Method rule, FlowPublisherVerification<?> kit) throws Throwable {
    kit.setUp();
    try {
      rule.invoke(kit);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
