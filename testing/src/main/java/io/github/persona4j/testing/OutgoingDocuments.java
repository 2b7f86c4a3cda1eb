package io.github.persona4j.testing;

import io.github.persona4j.testing.internal.drift.Drift;
import io.github.persona4j.testing.internal.file.FileLinks;
import io.github.persona4j.testing.internal.http.ApiRequest;
import io.github.persona4j.testing.internal.http.FakeResponse;
import io.github.persona4j.testing.internal.http.FakeServer;
import io.github.persona4j.testing.internal.json.Inflection;
import io.github.persona4j.testing.internal.webhook.Deliveries;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Changes JSON documents on their way out: links to files lead to the fake, and they drift. */
final class OutgoingDocuments implements FakeServer.Handler {
  private static final Duration FILE_LIFETIME = Duration.ofHours(6);

  private final FakeServer.Handler api;
  private final FileLinks files;
  private final @Nullable Drift drift;

  OutgoingDocuments(FakeServer.Handler api, FileLinks files, @Nullable Drift drift) {
    this.api = api;
    this.files = files;
    this.drift = drift;
  }

  /** Returns the same for the bodies of events. */
  static Deliveries.BodyChange ofEvents(FileLinks files, @Nullable Drift drift) {
    return (body, lifetime, inflection) -> changed(body, lifetime, inflection, files, drift);
  }

  @Override
  public FakeResponse handle(ApiRequest request, UnaryOperator<Supplier<FakeResponse>> fault) {
    FakeResponse response = api.handle(request, fault);
    if (!response.isJson()) {
      return response;
    }
    String header = request.header("Key-Inflection");
    Inflection named = header == null ? null : Inflection.named(header);
    Inflection inflection = named == null ? Inflection.KEBAB : named;
    String text = response.bodyText();
    String changed = changed(text, FILE_LIFETIME, inflection, files, drift);
    return changed.equals(text) ? response : response.withBody(changed);
  }

  private static String changed(
      String json,
      Duration lifetime,
      Inflection inflection,
      FileLinks files,
      @Nullable Drift drift) {
    String linked = files.rewrite(json, lifetime);
    return drift == null ? linked : drift.apply(linked, inflection);
  }
}
