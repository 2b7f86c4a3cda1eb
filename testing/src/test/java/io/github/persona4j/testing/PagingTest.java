package io.github.persona4j.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.persona4j.testing.TestClient.TestResponse;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PagingTest {

  @Test
  void tenThousandEvents_inBothDirections_containEachIdOnceNewestFirst() throws IOException {
    try (FakePersona persona = FakePersona.builder().events(10_000).start()) {
      TestClient client = new TestClient(persona);
      long begin = System.nanoTime();

      List<String> forwards = new ArrayList<>();
      List<Instant> times = new ArrayList<>();
      TestResponse page = client.get("/events?page%5Bsize%5D=100");
      while (true) {
        forwards.addAll(page.ids());
        page.items()
            .forEach(
                item ->
                    times.add(
                        Instant.parse(
                            item.getAsJsonObject("attributes").get("created-at").getAsString())));
        String next = page.link("next");
        if (next == null) {
          break;
        }
        page = client.get(TestClient.relative(next) + "&page%5Bsize%5D=100");
      }

      List<List<String>> backwards = new ArrayList<>();
      backwards.add(page.ids());
      for (String previous = page.link("prev"); previous != null; previous = page.link("prev")) {
        page = client.get(TestClient.relative(previous) + "&page%5Bsize%5D=100");
        backwards.add(page.ids());
      }
      Collections.reverse(backwards);

      assertThat(forwards).hasSize(10_000).doesNotHaveDuplicates();
      assertThat(times).isSortedAccordingTo(Collections.reverseOrder());
      assertThat(backwards.stream().flatMap(List::stream).toList()).isEqualTo(forwards);
      assertThat(persona.requests()).hasSize(199);
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(20));
    }
  }

  @Test
  void firstPage_withoutSize_hasTenItemsAndOnlyANextLink() throws IOException {
    try (FakePersona persona = FakePersona.start()) {
      TestResponse page = new TestClient(persona).get("/events");

      assertThat(page.status()).isEqualTo(200);
      assertThat(page.ids()).hasSize(10);
      assertThat(page.link("prev")).isNull();
      assertThat(page.link("next"))
          .isEqualTo("/api/v1/events?page%5Bafter%5D=" + page.ids().get(9));
    }
  }

  @Test
  void links_ofAFilteredPageWithSize_containNeither() throws IOException {
    try (FakePersona persona = FakePersona.start()) {
      TestClient client = new TestClient(persona);
      TestResponse first = client.get("/events?page%5Bsize%5D=2&filter%5Bname%5D=inquiry.created");
      TestResponse second =
          client.get(
              "/events?page%5Bsize%5D=2&filter%5Bname%5D=inquiry.created&page%5Bafter%5D="
                  + first.ids().get(1));

      assertThat(second.link("next"))
          .isEqualTo("/api/v1/events?page%5Bafter%5D=" + second.ids().get(1));
      assertThat(second.link("prev"))
          .isEqualTo("/api/v1/events?page%5Bbefore%5D=" + second.ids().get(0));
      assertThat(second.ids()).doesNotContainAnyElementsOf(first.ids());
    }
  }

  @Test
  void pageBefore_returnsThePrecedingItemsInTheSameOrder() throws IOException {
    try (FakePersona persona = FakePersona.start()) {
      TestClient client = new TestClient(persona);
      List<String> all = client.get("/inquiries?page%5Bsize%5D=25").ids();

      TestResponse page = client.get("/inquiries?page%5Bsize%5D=3&page%5Bbefore%5D=" + all.get(10));

      assertThat(page.ids()).isEqualTo(all.subList(7, 10));
    }
  }

  @Test
  void lastPage_thatIsFull_hasNoNextLink() throws IOException {
    try (FakePersona persona = FakePersona.builder().events(10).inquiries(0).start()) {
      TestClient client = new TestClient(persona);

      assertThat(client.get("/events").link("next")).isNull();
      TestResponse none = client.get("/inquiries");
      assertThat(none.ids()).isEmpty();
      assertThat(none.link("next")).isNull();
      assertThat(none.link("prev")).isNull();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "page%5Bsize%5D=0",
        "page%5Bsize%5D=101",
        "page%5Bsize%5D=-1",
        "page%5Bsize%5D=ten",
        "page%5Bsize%5D=",
        "page%5Bafter%5D=evt_unknown",
        "page%5Bbefore%5D=evt_unknown",
        "page%5Bafter%5D=a&page%5Bbefore%5D=b",
        "page%5Bnumber%5D=2",
        "filter%5Bunknown%5D=x",
        "include=account",
        "filter%5Bname%5D=%zz"
      })
  void invalidParameter_returns400WithTitleAndDetails(String query) throws IOException {
    try (FakePersona persona = FakePersona.start()) {
      RawResponse raw = RawResponse.get(persona, "/events?" + query);

      assertThat(raw.status()).isEqualTo(400);
      if (!query.contains("%zz")) { // the JDK's server rejects that one
        assertThat(raw.body()).contains("\"errors\":[{\"title\":\"Bad request\",\"details\":");
      }
    }
  }

  @Test
  void emptyPage_whenSet_isFollowedByTheRemainingItems() throws IOException {
    try (FakePersona persona = FakePersona.builder().events(25).start()) {
      TestClient client = new TestClient(persona);
      List<String> all = client.get("/events?page%5Bsize%5D=100").ids();
      persona.emptyPageAfter(all.get(9));

      List<Integer> sizes = new ArrayList<>();
      List<String> seen = new ArrayList<>();
      List<@Nullable String> links = new ArrayList<>();
      TestResponse page = client.get("/events");
      for (String next = page.link("next"); ; next = page.link("next")) {
        sizes.add(page.ids().size());
        seen.addAll(page.ids());
        if (next == null) {
          break;
        }
        links.add(next);
        page = client.get(TestClient.relative(next));
      }

      assertThat(sizes).containsExactly(10, 0, 10, 5);
      assertThat(seen).isEqualTo(all);
      assertThat(links).doesNotHaveDuplicates();
    }
  }

  @Test
  void repeatedCursor_whenSet_isInTheLinkOfItsOwnPage() throws IOException {
    try (FakePersona persona = FakePersona.start()) {
      TestClient client = new TestClient(persona);
      persona.repeatCursor();

      String first = client.get("/events").link("next");
      assertThat(first).isNotNull();
      assertThat(client.get(TestClient.relative(first)).link("next")).isEqualTo(first);
    }
  }

  @Test
  void linkHost_whenSet_isInLinks() throws IOException {
    try (FakePersona persona = FakePersona.start()) {
      TestClient client = new TestClient(persona);

      persona.linkHost("elsewhere.example");
      assertThat(client.get("/events").link("next"))
          .startsWith("https://elsewhere.example/api/v1/events?page%5Bafter%5D=evt_");
      persona.linkHost("//elsewhere.example");
      assertThat(client.get("/events").link("next")).startsWith("//elsewhere.example/api/v1/");
    }
  }
}
