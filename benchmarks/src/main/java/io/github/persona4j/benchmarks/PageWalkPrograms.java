package io.github.persona4j.benchmarks;

import io.github.persona4j.PersonaClient;
import io.github.persona4j.api.InquiriesApi;
import io.github.persona4j.model.Inquiry;
import io.github.persona4j.paging.Page;
import io.github.persona4j.paging.Pages;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import org.jspecify.annotations.Nullable;

/**
 * Programs that read all inquiries of a list, page by page, and then read them all again. They
 * print the milliseconds of both walks. The first includes all that a new JVM does first.
 */
final class PageWalkPrograms {
  private PageWalkPrograms() {}

  /** Reads all pages, and returns the number of inquiries. */
  private interface Walk {
    long run() throws IOException;
  }

  private static void measure(long start, Walk walk, long inquiries) throws IOException {
    checkCount(walk.run(), inquiries);
    long second = System.nanoTime();
    checkCount(walk.run(), inquiries);
    long end = System.nanoTime();
    System.out.println((second - start) / 1e6 + " " + (end - second) / 1e6);
  }

  private static void checkCount(long count, long expected) {
    if (count != expected) {
      throw new IllegalStateException(count + " inquiries instead of " + expected);
    }
  }

  private static HttpUrl pageUrl(String baseUrl, @Nullable String cursor) {
    HttpUrl.Builder url = HttpUrl.get(baseUrl + "inquiries").newBuilder();
    url.addQueryParameter("page[size]", String.valueOf(InquiryPageJson.INQUIRIES));
    return cursor == null ? url.build() : url.addQueryParameter("page[after]", cursor).build();
  }

  private static ResponseBody get(OkHttpClient http, HttpUrl url) throws IOException {
    Request request =
        new Request.Builder()
            .url(url)
            .header("Authorization", "Bearer " + FirstCallPrograms.API_KEY)
            .build();
    Response response = http.newCall(request).execute();
    return Objects.requireNonNull(response.body());
  }

  /** OkHttp alone: knows the cursors, and reads each page as bytes. */
  static final class RawOkHttp {
    private RawOkHttp() {}

    public static void main(String[] arguments) throws IOException {
      long start = System.nanoTime();
      int pages = Integer.parseInt(arguments[1]);
      OkHttpClient http = new OkHttpClient();
      measure(
          start,
          () -> {
            for (int page = 0; page < pages; page++) {
              String cursor = page == 0 ? null : "inq_" + page;
              try (ResponseBody body = get(http, pageUrl(arguments[0], cursor))) {
                body.bytes();
              }
            }
            return (long) pages * InquiryPageJson.INQUIRIES;
          },
          (long) pages * InquiryPageJson.INQUIRIES);
      http.dispatcher().executorService().shutdown();
      http.connectionPool().evictAll();
    }
  }

  /** Our client; the third argument says whether it requests the next page meanwhile. */
  static final class Ours {
    private Ours() {}

    public static void main(String[] arguments) throws IOException {
      long start = System.nanoTime();
      int pages = Integer.parseInt(arguments[1]);
      PersonaClient persona =
          PersonaClient.builder().apiKey(FirstCallPrograms.API_KEY).baseUrl(arguments[0]).build();
      InquiriesApi.ListQuery query =
          InquiriesApi.ListQuery.builder().pageSize(InquiryPageJson.INQUIRIES).build();
      Pages<Inquiry> plain = persona.inquiries().listAll(query);
      Pages<Inquiry> all = arguments[2].equals("prefetch") ? plain.prefetch() : plain;
      measure(
          start,
          () -> all.stream().filter(inquiry -> inquiry.attributes().createdAt() != null).count(),
          (long) pages * InquiryPageJson.INQUIRIES);
      persona.close();
    }
  }

  /**
   * Our client, with work of 10 ms for each page; the third argument says whether the next page is
   * requested meanwhile.
   */
  static final class WithWork {
    private static final int WORK_MILLIS = 10;

    private WithWork() {}

    public static void main(String[] arguments) throws IOException {
      long start = System.nanoTime();
      int pages = Integer.parseInt(arguments[1]);
      PersonaClient persona =
          PersonaClient.builder().apiKey(FirstCallPrograms.API_KEY).baseUrl(arguments[0]).build();
      Pages<Inquiry> plain = persona.inquiries().listAll();
      Pages<Inquiry> all = arguments[2].equals("prefetch") ? plain.prefetch() : plain;
      measure(
          start,
          () -> {
            long count = 0;
            for (Page<Inquiry> page : all.pages()) {
              count += page.items().size();
              work();
            }
            return count;
          },
          (long) pages * InquiryPageJson.INQUIRIES);
      persona.close();
    }

    private static void work() {
      long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(WORK_MILLIS);
      for (long rest = end - System.nanoTime(); rest > 0; rest = end - System.nanoTime()) {
        LockSupport.parkNanos(rest);
      }
    }
  }

  /** OkHttp and reflective Gson: follows the link to the next page. */
  static final class OkHttpWithGson {
    private OkHttpWithGson() {}

    public static void main(String[] arguments) throws IOException {
      long start = System.nanoTime();
      int pages = Integer.parseInt(arguments[1]);
      OkHttpClient http = new OkHttpClient();
      ReflectiveGson gson = new ReflectiveGson();
      measure(
          start,
          () -> {
            long count = 0;
            HttpUrl url = pageUrl(arguments[0], null);
            while (url != null) {
              PojoInquiryPage page = gson.decode(get(http, url));
              count +=
                  Objects.requireNonNull(page.data).stream()
                      .filter(
                          inquiry -> Objects.requireNonNull(inquiry.attributes).createdAt != null)
                      .count();
              String next = Objects.requireNonNull(page.links).next;
              url = next == null ? null : url.resolve(next);
            }
            return count;
          },
          (long) pages * InquiryPageJson.INQUIRIES);
      http.dispatcher().executorService().shutdown();
      http.connectionPool().evictAll();
    }
  }
}
