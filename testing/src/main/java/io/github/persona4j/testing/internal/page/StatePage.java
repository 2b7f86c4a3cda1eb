package io.github.persona4j.testing.internal.page;

import io.github.persona4j.testing.internal.http.ApiFailure;
import io.github.persona4j.testing.internal.http.ApiRequest;
import io.github.persona4j.testing.internal.http.FakeResponse;
import io.github.persona4j.testing.internal.http.Query;
import io.github.persona4j.testing.internal.json.PrettyJson;
import io.github.persona4j.testing.internal.store.ObjectStore;
import io.github.persona4j.testing.internal.store.Slice;
import io.github.persona4j.testing.internal.store.StoredObject;
import io.github.persona4j.testing.internal.webhook.Loopback;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A page for browsers with the objects, events, deliveries and requests of the fake. It only shows
 * and has no script.
 */
public final class StatePage {
  private static final int SHOWN = 100;
  private static final String EVENT = "event";

  private static final String STYLE =
      """
      :root { color-scheme: light dark; --line: #8884; --soft: #8882; --dim: #888; }
      body { font: 15px/1.5 system-ui, sans-serif; margin: 0; }
      header { padding: 14px 24px; border-bottom: 1px solid var(--line); }
      header h1 { font-size: 18px; margin: 0; }
      header p { margin: 2px 0 0; color: var(--dim); }
      main { display: grid; grid-template-columns: 220px minmax(0, 1fr); }
      nav { padding: 16px 8px 24px 24px; border-right: 1px solid var(--line); min-height: 80vh; }
      nav a { display: flex; justify-content: space-between; padding: 2px 8px; border-radius: 4px;
        color: inherit; text-decoration: none; }
      nav a:hover, nav a[aria-current] { background: var(--soft); }
      nav a[aria-current] { font-weight: 600; }
      nav h2 { font-size: 12px; text-transform: uppercase; color: var(--dim); margin: 14px 8px 4px; }
      section { padding: 16px 24px 40px; min-width: 0; }
      section h2 { font-size: 17px; margin: 0 0 10px; }
      table { border-collapse: collapse; width: 100%; }
      th { text-align: left; font-size: 12px; color: var(--dim); font-weight: 500; }
      th, td { padding: 5px 16px 5px 0; border-bottom: 1px solid var(--line); vertical-align: top; }
      code, pre, td.id { font: 13px/1.5 ui-monospace, monospace; }
      code { overflow-wrap: anywhere; }
      td.id, td.time { white-space: nowrap; }
      section > table { display: block; overflow-x: auto; }
      pre { background: var(--soft); padding: 14px; border-radius: 6px; overflow: auto; }
      @media (max-width: 700px) { main { grid-template-columns: 1fr; }
        nav { border-right: 0; min-height: 0; padding-right: 24px; } }
      """;

  private final String baseUrl;
  private final ObjectStore store;
  private final Supplier<List<String>> requests;
  private final Supplier<List<String>> deliveries;

  /**
   * Creates the page.
   *
   * @param requests one line each, the oldest first
   * @param deliveries one line each, the oldest first
   */
  public StatePage(
      String baseUrl,
      ObjectStore store,
      Supplier<List<String>> requests,
      Supplier<List<String>> deliveries) {
    this.baseUrl = baseUrl;
    this.store = store;
    this.requests = requests;
    this.deliveries = deliveries;
  }

  /** Returns the page, or the part of it that the query of the request names. */
  public FakeResponse serve(ApiRequest request) {
    if (!isOwnHost(request.header("Host"))) {
      throw ApiFailure.of(403, "Forbidden", "The page is only for the hosts of the fake.");
    }
    Map<String, String> query = Query.literal(request.rawQuery());
    String id = query.get("id");
    String show = query.getOrDefault("show", EVENT);
    String content = id == null ? list(show) : object(id);
    return FakeResponse.of(200, "text/html; charset=utf-8", page(show, content))
        .withHeaders(
            Map.of(
                "Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'",
                "Cache-Control", "no-store"));
  }

  /**
   * Returns whether a page of another site that has let its name point to this machine cannot be
   * the sender: the host is of the loopback interface, that of the base URL, or an address.
   */
  private boolean isOwnHost(@Nullable String header) {
    if (header == null) {
      return true; // HTTP/1.0, which browsers do not send
    }
    try {
      URI uri = URI.create("http://" + header);
      String host = uri.getHost();
      return host != null
          && (Loopback.contains(uri)
              || host.equalsIgnoreCase(URI.create(baseUrl).getHost())
              || host.startsWith("[")
              || host.matches("\\d+(\\.\\d+){3}"));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private String page(String current, String content) {
    StringBuilder nav = new StringBuilder("<h2>Traffic</h2>");
    nav.append(link("requests", requests.get().size(), current));
    nav.append(link("deliveries", deliveries.get().size(), current));
    nav.append("<h2>Objects</h2>");
    store.families().forEach(family -> nav.append(link(family, store.count(family), current)));
    return "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\">"
        + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
        + "<title>Fake of the Persona API</title><style>"
        + STYLE
        + "</style></head><body><header><h1>Fake of the Persona API</h1><p>Base URL <code>"
        + escaped(baseUrl)
        + "</code></p></header><main><nav>"
        + nav
        + "</nav><section>"
        + content
        + "</section></main></body></html>";
  }

  private static String link(String name, int count, String current) {
    return "<a href=\"/?show="
        + URLEncoder.encode(name, StandardCharsets.UTF_8)
        + (name.equals(current) ? "\" aria-current=\"page\">" : "\">")
        + escaped(name)
        + "<span>"
        + count
        + "</span></a>";
  }

  private String list(String show) {
    return switch (show) {
      case "requests" -> lines("Requests", requests.get());
      case "deliveries" -> lines("Deliveries to webhooks", deliveries.get());
      default -> objects(show);
    };
  }

  private static String lines(String title, List<String> lines) {
    StringBuilder rows = new StringBuilder();
    for (int i = lines.size() - 1; i >= Math.max(0, lines.size() - SHOWN); i--) {
      rows.append("<tr><td><code>").append(escaped(lines.get(i))).append("</code></td></tr>");
    }
    return heading(title, lines.size()) + htmlTable("<th>Newest first</th>", rows);
  }

  private String objects(String family) {
    return heading(family, store.count(family))
        + table(family, StateText.newest(store, family, SHOWN));
  }

  private static String table(String family, List<StoredObject> objects) {
    StringBuilder rows = new StringBuilder();
    boolean events = family.equals(EVENT);
    for (StoredObject object : objects) {
      rows.append("<tr><td class=\"id\">")
          .append(objectLink(family, object.id()))
          .append("</td><td>")
          .append(escaped(events ? object.text("name") : object.type()))
          .append(events ? "</td><td class=\"id\">" : "</td><td>")
          .append(events ? subjectLink(object) : escaped(object.status()))
          .append("</td><td class=\"time\">")
          .append(escaped(object.createdAt().toString()))
          .append("</td></tr>");
    }
    String header =
        events
            ? "<th>ID</th><th>Name</th><th>Object</th><th>Created</th>"
            : "<th>ID</th><th>Type</th><th>Status</th><th>Created</th>";
    return htmlTable(header, rows);
  }

  private static String subjectLink(StoredObject event) {
    String id = event.text("object-id");
    return id == null ? "" : objectLink(EVENT, id);
  }

  private static String objectLink(String family, String id) {
    return "<a href=\"/?show="
        + URLEncoder.encode(family, StandardCharsets.UTF_8)
        + "&amp;id="
        + URLEncoder.encode(id, StandardCharsets.UTF_8)
        + "\">"
        + escaped(id)
        + "</a>";
  }

  private static String heading(String title, int count) {
    return "<h2>"
        + escaped(title)
        + "</h2>"
        + (count > SHOWN ? "<p>The newest " + SHOWN + " of " + count + ".</p>" : "");
  }

  private static String htmlTable(String header, StringBuilder rows) {
    return rows.length() == 0
        ? "<p>None yet.</p>"
        : "<table><thead><tr>" + header + "</tr></thead><tbody>" + rows + "</tbody></table>";
  }

  private String object(String id) {
    StoredObject object = store.find(id);
    if (object == null) {
      return "<p>There is no object with this ID.</p>";
    }
    Slice events = store.after(EVENT, null, SHOWN, event -> id.equals(event.text("object-id")));
    List<StoredObject> shown = events == null ? List.of() : events.items();
    return "<h2>"
        + escaped(id)
        + "</h2><pre>"
        + escaped(PrettyJson.of(object.json()))
        + "</pre>"
        + (shown.isEmpty() ? "" : "<h2>Events</h2>" + table(EVENT, shown));
  }

  private static String escaped(@Nullable String text) {
    return text == null
        ? ""
        : text.replace("&", "&amp;")
            .replace("<", "&lt;")
            .replace(">", "&gt;")
            .replace("\"", "&quot;");
  }
}
