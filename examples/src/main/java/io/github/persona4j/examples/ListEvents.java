package io.github.persona4j.examples;

import io.github.persona4j.PersonaClient;
import io.github.persona4j.api.EventsApi;
import io.github.persona4j.model.Event;
import io.github.persona4j.model.EventName;
import io.github.persona4j.testing.FakePersona;
import java.io.PrintStream;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;

/** Lists all events, one per line. The option {@code --help} shows all options. */
public final class ListEvents {
  private static final int PROGRESS_INTERVAL = 1_000;

  private ListEvents() {}

  /** Lists events; see {@code --help}. */
  public static void main(String[] args) {
    ExitStatus.exit(run(List.of(args), System.getenv(), System.out, System.err));
  }

  static int run(
      List<String> arguments, Map<String, String> environment, PrintStream out, PrintStream err) {
    return ExitStatus.of(
        "ListEvents",
        err,
        () -> {
          ListEventsOptions options = ListEventsOptions.parse(arguments);
          if (options.help()) {
            out.print(ListEventsOptions.USAGE);
            return;
          }
          FakePersona.Builder fake = FakePersona.builder().events(options.fakeEvents());
          try (ApiAccess api = ApiAccess.open(environment, fake, err)) {
            list(api.client(), options, out, err);
          }
        });
  }

  private static void list(
      PersonaClient persona, ListEventsOptions options, PrintStream out, PrintStream err) {
    EventsApi.ListQuery.Builder builder = EventsApi.ListQuery.builder();
    if (options.name() != null) {
      builder.filterName(EventName.of(options.name()));
    }
    EventsApi.ListQuery query =
        builder
            .pageSize(options.pageSize())
            .pageAfter(options.after())
            // Without the payload, which is large and contains personal data.
            .fields("event", "name", "created-at")
            .build();
    long count = 0;
    for (Event event : persona.events().listAll(query).limit(options.limit())) {
      out.println(line(event));
      count++;
      if (count % PROGRESS_INTERVAL == 0) {
        err.println(count + " events so far");
        if (out.checkError()) {
          return; // the reader of the output exited, such as "| head"
        }
      }
    }
    out.println(count == 1 ? "1 event" : count + " events");
  }

  private static String line(Event event) {
    // Any attribute may be missing, even these.
    EventName name = event.attributes().name();
    OffsetDateTime createdAt = event.attributes().createdAt();
    String time = createdAt == null ? "-" : DateTimeFormatter.ISO_INSTANT.format(createdAt);
    return String.format("%s  %-28s  %s", event.id(), name == null ? "-" : name.value(), time);
  }
}
