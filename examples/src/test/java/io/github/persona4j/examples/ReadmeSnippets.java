package io.github.persona4j.examples;

import io.github.persona4j.ApiResponse;
import io.github.persona4j.Environment;
import io.github.persona4j.PersonaClient;
import io.github.persona4j.RequestLog;
import io.github.persona4j.api.Events;
import io.github.persona4j.api.Inquiries;
import io.github.persona4j.error.ExpiredLinkException;
import io.github.persona4j.error.NotFoundException;
import io.github.persona4j.error.PersonaApiException;
import io.github.persona4j.error.PersonaConnectionException;
import io.github.persona4j.error.RateLimitException;
import io.github.persona4j.file.Download;
import io.github.persona4j.file.PersonaFiles;
import io.github.persona4j.json.JsonValue;
import io.github.persona4j.model.Event;
import io.github.persona4j.model.EventPage;
import io.github.persona4j.model.Inquiry;
import io.github.persona4j.model.InquiryStatus;
import io.github.persona4j.paging.Page;
import io.github.persona4j.paging.Pages;
import io.github.persona4j.request.RequestOptions;
import io.github.persona4j.testing.FakePersona;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The code of the README that no example has. */
final class ReadmeSnippets {
  private ReadmeSnippets() {}

  static List<String> pages(PersonaClient client) {
    Events.ListQuery query =
        Events.ListQuery.builder().pageSize(100).filterName("inquiry.approved").build();
    Pages<Event> pages = Pages.of(client.events()::list, query);

    List<String> ids = pages.stream().map(Event::id).toList(); // every event, one page at a time
    Page<Event> page = pages.first(); // one request
    String cursor = page.nextCursor(); // for pageAfter(...) in another run
    return cursor == null ? ids : List.of(cursor);
  }

  static void errors(PersonaClient client, String id) {
    try {
      Inquiry inquiry = client.inquiries().retrieve(id).data();
      show(inquiry);
    } catch (NotFoundException e) {
      show("no such inquiry");
    } catch (RateLimitException e) {
      show("too many requests; free again in " + e.rateLimits().resetSeconds() + " s");
    } catch (PersonaApiException e) {
      show("refused: " + e.status() + ", request " + e.requestId() + ", " + e.errors());
    } catch (PersonaConnectionException e) {
      show("no answer: " + e.getMessage());
    }
  }

  static CompletableFuture<Void> answers(PersonaClient client, Events.ListQuery query, String id) {
    ApiResponse<EventPage> answer =
        client.send(client.events().api().list(query, RequestOptions.none()));
    show(answer.status() + " " + answer.requestId() + " " + answer.rateLimits().remaining());

    CompletableFuture<Void> done =
        client
            .sendAsync(
                client
                    .inquiries()
                    .api()
                    .retrieve(id, Inquiries.RetrieveQuery.none(), RequestOptions.none()))
            .thenAccept(inquiry -> show(inquiry.body().data().id() + " " + inquiry.attempts()));
    return done;
  }

  static PersonaClient.Builder watching() {
    PersonaClient.Builder watched =
        PersonaClient.builder()
            .callListener(call -> show(call)) // each call when it has ended
            .addInterceptor(RequestLog.to(line -> show(line))) // two lines for each attempt
            .expectEnvironment(Environment.PRODUCTION, warning -> show(warning));
    return watched;
  }

  static Path files(
      PersonaClient client, String url, String videoUrl, String id, Path folder, OutputStream out)
      throws IOException {
    PersonaFiles files = client.files();
    Path photo = files.save(url, folder); // under its own name; or a path that does not exist yet
    try (Download video = files.download(videoUrl)) {
      show(video.name() + ", " + video.contentType() + ", " + video.length() + " bytes");
      video.stream().transferTo(out);
    } catch (ExpiredLinkException e) {
      show("ask for the verification again: its answer has a new link");
    }
    files.save(client.inquiries().print(id), folder.resolve("inquiry.pdf"));
    return photo;
  }

  static @Nullable JsonValue unknown(Inquiry inquiry) {
    InquiryStatus status = inquiry.attributes().status(); // null when the server leaves it out
    if (status != null && !status.isKnown()) {
      show("a new status: " + status.value());
    }
    return inquiry.attributes().property("some-new-attribute");
  }

  static void fake() {
    try (FakePersona persona = FakePersona.builder().events(10_000).start();
        PersonaClient client =
            PersonaClient.builder().apiKey(persona.apiKey()).baseUrl(persona.baseUrl()).build()) {
      show(client.events().list());
    }
  }

  private static void show(Object what) {
    System.out.println(what);
  }
}
