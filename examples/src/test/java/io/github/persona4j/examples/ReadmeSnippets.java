package io.github.persona4j.examples;

import io.github.persona4j.Environment;
import io.github.persona4j.HostedFlow;
import io.github.persona4j.OAuthCredentials;
import io.github.persona4j.PersonaClient;
import io.github.persona4j.PersonaClientBuilder;
import io.github.persona4j.RequestLog;
import io.github.persona4j.RetryPolicy;
import io.github.persona4j.api.EventsApi;
import io.github.persona4j.error.ExpiredLinkException;
import io.github.persona4j.error.NotFoundException;
import io.github.persona4j.error.PersonaApiException;
import io.github.persona4j.error.PersonaConnectionException;
import io.github.persona4j.error.PersonaException;
import io.github.persona4j.error.RateLimitException;
import io.github.persona4j.file.Download;
import io.github.persona4j.file.PersonaFiles;
import io.github.persona4j.json.JsonValue;
import io.github.persona4j.model.Account;
import io.github.persona4j.model.AccountImporter;
import io.github.persona4j.model.Event;
import io.github.persona4j.model.EventName;
import io.github.persona4j.model.EventPage;
import io.github.persona4j.model.Inquiry;
import io.github.persona4j.model.InquiryResponse;
import io.github.persona4j.model.InquiryStatus;
import io.github.persona4j.model.SearchRequest;
import io.github.persona4j.model.Verification;
import io.github.persona4j.paging.Page;
import io.github.persona4j.paging.Pages;
import io.github.persona4j.request.FileUpload;
import io.github.persona4j.request.RequestOptions;
import io.github.persona4j.resource.ToOne;
import io.github.persona4j.response.ApiResponse;
import io.github.persona4j.testing.FakePersona;
import io.github.persona4j.testing.Fault;
import io.github.persona4j.webhook.WebhookHandler;
import io.github.persona4j.webhook.WebhookVerifier;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The code of the README and the guides that is not in an example. */
final class ReadmeSnippets {
  private ReadmeSnippets() {}

  static PersonaClient fromEnvironment() {
    // region credentials
    PersonaClient persona = PersonaClient.fromEnvironment(); // PERSONA_API_KEY
    // endregion
    return persona;
  }

  static PersonaClient ofPrism(String baseUrl) {
    // region prism
    PersonaClient persona =
        PersonaClient.builder().apiKey("persona_sandbox_any").baseUrl(baseUrl).build();
    // endregion
    return persona;
  }

  static RequestOptions preferred() {
    // region prefer
    RequestOptions limited = RequestOptions.builder().header("Prefer", "code=429").build();
    // endregion
    return limited;
  }

  static RequestOptions otherVersion() {
    // region version
    RequestOptions older = RequestOptions.builder().apiVersion("2023-01-05").build();
    // endregion
    return older;
  }

  static void logged(PersonaClient persona, Inquiry inquiry, String id, System.Logger log) {
    // region logging
    log.log(System.Logger.Level.INFO, "{0}", inquiry); // the type, the ID, and names of attributes
    try {
      persona.inquiries().approve(id);
    } catch (PersonaException e) {
      log.log(System.Logger.Level.WARNING, "The inquiry is not approved", e); // no values, no key
    }
    // endregion
  }

  static List<String> pages(PersonaClient persona, EventsApi.ListQuery query) {
    // region pagination
    Page<Event> page = persona.events().list(query); // one request
    show(page.items().size() + ", more: " + page.hasNext());
    List<String> ids =
        persona.events().listAll(query).stream().map(Event::id).toList(); // every event
    for (Page<Event> each : persona.events().listAll(query).pages()) {
      show(each.items());
      show(each.nextCursor()); // for pageAfter(...) in another run
    }
    // endregion
    return ids;
  }

  static void prefetched(PersonaClient persona, EventsApi.ListQuery query) {
    // region the-next-page-ahead-of-time
    for (Event event : persona.events().listAll(query).prefetch()) {
      show(event.id());
    }
    // endregion
  }

  static Pages<Account> search(PersonaClient persona) {
    // region searches
    Pages<Account> accounts = persona.accounts().searchAll(SearchRequest.builder().build());
    // endregion
    return accounts;
  }

  static Pages<Event> ownInterface(PersonaClient persona, EventsApi.ListQuery query) {
    // region interfaces-of-your-own
    EventsApi api = persona.api(EventsApi.class);
    Pages<Event> events =
        Pages.of(changed -> persona.send(api.list(changed, RequestOptions.none())).body(), query);
    // endregion
    return events;
  }

  static void errors(PersonaClient persona, String id) {
    // region errors
    try {
      Inquiry inquiry = persona.inquiries().retrieve(id).data();
      show(inquiry);
    } catch (NotFoundException e) {
      show("no such inquiry");
    } catch (RateLimitException e) {
      Long seconds = e.rateLimits().resetSeconds(); // null if the response does not have it
      show("rate limit exceeded, resets in " + (seconds == null ? "a while" : seconds + " s"));
    } catch (PersonaApiException e) {
      show("failed: " + e.status() + ", request " + e.requestId());
    } catch (PersonaConnectionException e) {
      show("no response: " + e.getMessage());
    }
    // endregion
  }

  static CompletableFuture<Void> responses(
      PersonaClient persona, EventsApi.ListQuery query, String id) {
    // region asynchronous-and-raw-calls
    ApiResponse<EventPage> response = persona.raw().events().list(query);
    show(response.status() + " " + response.requestId() + " " + response.rateLimits().remaining());

    CompletableFuture<Void> done =
        persona.async().inquiries().retrieve(id).thenAccept(inquiry -> show(inquiry.data().id()));
    // endregion
    return done;
  }

  static Inquiry idempotencyKey(PersonaClient persona, String key) {
    // region idempotency-keys
    RequestOptions options =
        RequestOptions.builder().idempotencyKey(key).callTimeout(Duration.ofSeconds(20)).build();
    Inquiry created =
        persona.inquiries().create(a -> a.inquiryTemplateId("itmpl_1"), options).data();
    // endregion
    return created;
  }

  static PersonaClient retries(PersonaClient persona) {
    // region settings-2
    RetryPolicy policy =
        RetryPolicy.builder()
            .maxRetries(5)
            .maxServerDelay(Duration.ofMinutes(2))
            .postAfterServerError(RetryPolicy.AfterServerError.SAME_KEY)
            .retryStaleObjects(true)
            .retryPatches(true)
            .build();
    PersonaClient patient = persona.withRetryPolicy(policy);
    // endregion
    return patient;
  }

  static PersonaClientBuilder rateLimits() {
    // region settings
    PersonaClientBuilder limited =
        PersonaClient.builder()
            .rateLimiterThreshold(0.25) // share of the limit; 0 disables the rate limiter
            .maxRateLimiterWait(Duration.ofSeconds(10))
            .onLowRateLimit(limits -> show("remaining: " + limits.remaining()));
    // endregion
    return limited;
  }

  static PersonaClientBuilder watching() {
    // region observability
    PersonaClientBuilder watched =
        PersonaClient.builder()
            .callListener(call -> show(call)) // once for each call, when it has ended
            .addInterceptor(RequestLog.to(line -> show(line))) // two lines for each attempt
            .expectEnvironment(Environment.PRODUCTION, warning -> show(warning));
    // endregion
    return watched;
  }

  private interface Vault {
    String read(String name);
  }

  static PersonaClient rotating(Vault vault) {
    // region a-key-that-changes
    PersonaClient rotating =
        PersonaClient.builder().credentials(() -> vault.read("persona")).build();
    // endregion
    return rotating;
  }

  static PersonaClient oauth(String clientId, PrivateKey privateKey) {
    // region oauth
    PersonaClient app =
        PersonaClient.builder()
            .credentials(
                OAuthCredentials.clientCredentials(clientId, privateKey).scopes("inquiry.read"))
            .build();
    // endregion
    return app;
  }

  static List<URI> hostedFlow(String sessionToken) {
    // region hosted-flow
    URI start =
        HostedFlow.ofTemplate("itmpl_1")
            .environmentId("env_1")
            .referenceId("user-42")
            .fields(f -> f.nameFirst("Ada").birthdate(LocalDate.of(1985, 12, 10)))
            .redirectUri("https://example.com/done")
            .language("es")
            .build();
    URI resume = HostedFlow.ofInquiry("inq_1").sessionToken(sessionToken).build();
    // endregion
    return List.of(start, resume);
  }

  static Path files(
      PersonaClient persona, String url, String videoUrl, String id, Path folder, OutputStream out)
      throws IOException {
    // region files
    PersonaFiles files = persona.files();
    Path photo = files.saveTo(url, folder); // named as the server says
    try (Download video = files.download(videoUrl)) {
      show(video.name() + ", " + video.contentType() + ", " + video.length() + " bytes");
      video.stream().transferTo(out);
    } catch (ExpiredLinkException e) {
      show("the link has expired: retrieve the verification again for a new one");
    }
    Path print = persona.inquiries().print(id).saveAs(folder.resolve("inquiry.pdf"));
    // endregion
    show(print);
    return photo;
  }

  static AccountImporter upload(PersonaClient persona, Path path) {
    // region uploads
    FileUpload csv =
        FileUpload.of(path, "text/csv").onProgress((sent, total) -> show(sent + " of " + total));
    AccountImporter importer = persona.importers().importAccounts(csv).data();
    // endregion
    return importer;
  }

  static @Nullable JsonValue unknown(Inquiry inquiry) {
    // region unknown-values
    InquiryStatus status = inquiry.attributes().status(); // null when the server leaves it out
    if (status != null && !status.isKnown()) {
      show("a new status: " + status.value());
    }
    return inquiry.attributes().property("some-new-attribute");
    // endregion
  }

  static void missing(InquiryResponse response, Inquiry inquiry) {
    // region missing
    List<ToOne<Verification>> missing = response.missing(inquiry.verifications()); // not included
    // endregion
    show(missing);
  }

  static void fake() {
    // region testing
    try (FakePersona fake = FakePersona.builder().events(10_000).start();
        PersonaClient persona =
            PersonaClient.builder().apiKey(fake.apiKey()).baseUrl(fake.baseUrl()).build()) {
      show(persona.events().list());
    }
    // endregion
  }

  static void failures(FakePersona fake) {
    // region failures
    fake.failNext(
        Fault.status(429).retryAfter(Duration.ofSeconds(2)),
        Fault.dropConnection().afterExecution(), // executed, but the caller gets no response
        Fault.html(502));
    // endregion
  }

  /** A request as a servlet has it. */
  interface ServletRequest {
    InputStream getInputStream();

    @Nullable String getHeader(String name);
  }

  static int webhook(String secret, ServletRequest request) throws IOException {
    // region webhooks-in-five-lines
    WebhookHandler webhook =
        WebhookHandler.builder()
            .verifier(WebhookVerifier.of(secret))
            .on(EventName.INQUIRY_APPROVED, Inquiry.class, (event, inquiry) -> ship(inquiry.id()))
            .build();
    int status = webhook.handle(request.getInputStream(), request::getHeader).status();
    // endregion
    return status;
  }

  private static void ship(String id) {
    show(id);
  }

  private static void show(@Nullable Object what) {
    System.out.println(what);
  }
}
