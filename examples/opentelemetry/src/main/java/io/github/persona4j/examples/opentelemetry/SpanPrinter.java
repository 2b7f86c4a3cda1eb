package io.github.persona4j.examples.opentelemetry;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.io.PrintStream;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/** Prints spans with their events. */
final class SpanPrinter implements SpanExporter {
  private final PrintStream out;

  SpanPrinter(PrintStream out) {
    this.out = out;
  }

  @Override
  public CompletableResultCode export(Collection<SpanData> spans) {
    for (SpanData span : spans) {
      out.println(
          span.getKind()
              + " "
              + span.getName()
              + ", trace "
              + span.getTraceId()
              + ", span "
              + span.getSpanId()
              + ", parent "
              + span.getParentSpanId()
              + ", status "
              + span.getStatus().getStatusCode()
              + "\n  "
              + sorted(span.getAttributes()));
      for (EventData event : span.getEvents()) {
        out.println("  event " + event.getName() + " " + sorted(event.getAttributes()));
      }
    }
    return CompletableResultCode.ofSuccess();
  }

  private static Map<String, Object> sorted(Attributes attributes) {
    Map<String, Object> sorted = new TreeMap<>();
    attributes.forEach((key, value) -> sorted.put(key.getKey(), value));
    return sorted;
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
