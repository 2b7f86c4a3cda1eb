package io.github.persona4j.examples;

import io.github.persona4j.CallListener;
import io.github.persona4j.CallReport;
import io.github.persona4j.PersonaClient;
import io.github.persona4j.api.EventsApi;
import io.github.persona4j.model.EventPage;
import io.github.persona4j.request.RequestOptions;
import io.github.persona4j.response.ApiResponse;
import io.github.persona4j.testing.FakePersona;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.io.PrintStream;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Traces calls with OpenTelemetry: each call has a span below the current one of the caller. */
public final class TraceCalls {
  private TraceCalls() {}

  /** Makes two concurrent calls within a span and prints all spans. Has no arguments. */
  public static void main(String[] args) {
    ExitStatus.exit(run(List.of(args), System.getenv(), System.out, System.err));
  }

  static int run(
      List<String> arguments, Map<String, String> environment, PrintStream out, PrintStream err) {
    return ExitStatus.of(
        "TraceCalls",
        err,
        () -> {
          if (!arguments.isEmpty()) {
            throw new UsageException("no arguments are allowed");
          }
          try (SdkTracerProvider tracers =
              SdkTracerProvider.builder()
                  .addSpanProcessor(SimpleSpanProcessor.create(new Printer(out)))
                  .build()) {
            Tracer tracer = tracers.get("persona4j-examples");
            try (ApiAccess api =
                ApiAccess.open(
                    environment,
                    FakePersona.builder(),
                    err,
                    client -> client.callListenerFactory(tracing(tracer)))) {
              Span work = tracer.spanBuilder("work").startSpan();
              try {
                Context.current().with(work).wrap(() -> twoPages(api.client())).run();
              } finally {
                work.end();
              }
            }
          }
        });
  }

  /** The names are those of OpenTelemetry's conventions for clients of HTTP. */
  static CallListener.Factory tracing(Tracer tracer) {
    return operation -> {
      // On the thread of the caller, whose span becomes the parent.
      Span span =
          tracer
              .spanBuilder(operation.name())
              .setSpanKind(SpanKind.CLIENT)
              .setAttribute("http.request.method", operation.method())
              .setAttribute("url.template", operation.path())
              .startSpan();
      return call -> end(span, call);
    };
  }

  private static void end(Span span, CallReport call) {
    Integer status = call.status();
    if (status != null) {
      span.setAttribute("http.response.status_code", status);
    }
    span.setAttribute("http.request.resend_count", Math.max(0, call.attempts() - 1));
    CallReport.Failure failure = call.failure();
    if (failure != null) {
      span.setAttribute("error.type", failure.name().toLowerCase(Locale.ROOT));
      span.setStatus(StatusCode.ERROR);
    }
    span.end();
  }

  private static void twoPages(PersonaClient client) {
    CompletableFuture<ApiResponse<EventPage>> events =
        client.sendAsync(
            client.events().api().list(EventsApi.ListQuery.none(), RequestOptions.none()));
    client.inquiries().list();
    events.join();
  }

  private static final class Printer implements SpanExporter {
    private final PrintStream out;

    Printer(PrintStream out) {
      this.out = out;
    }

    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
      for (SpanData span : spans) {
        out.println(
            span.getName()
                + (span.getParentSpanContext().isValid() ? " within other work " : " ")
                + span.getAttributes().asMap());
      }
      return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode flush() {
      return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode shutdown() {
      return CompletableResultCode.ofSuccess();
    }
  }
}
