package io.github.persona4j.benchmarks;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Makes a page of 100 inquiries as the API sends it, always the same. */
final class InquiryPageText {
  static final int INQUIRIES = 100;

  private static final long SEED = 20260114;
  private static final long FIRST_MOMENT = 1_760_000_000_000L;
  private static final long A_YEAR = 31_536_000_000L;
  private static final String LETTERS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

  private static final List<String> STATUSES =
      List.of("created", "pending", "completed", "approved", "declined", "needs_review", "expired");
  private static final List<String> FIRST_NAMES =
      List.of("Ada", "Émile", "Grace", "Søren", "Tomás", "Ines", "Alan", "Zoë", "Mary", "Linus");
  private static final List<String> LAST_NAMES =
      List.of("Example", "O'Sample", "Müller", "Specimen", "Muster", "Lindqvist", "Mustermann");
  private static final List<String> CITIES =
      List.of("Springfield", "Rivertown", "Zürich", "Lakeside", "San José", "Port Sample");
  private static final List<String> MEASURES =
      List.of(
          "autofill-cancels",
          "autofill-starts",
          "battery-changes",
          "completion-time",
          "devtools-openings",
          "distraction-events",
          "form-corrections",
          "hesitation-baseline",
          "hesitation-count",
          "hesitation-percentage",
          "hesitation-time",
          "pointer-distance",
          "screen-rotations",
          "shortcut-copies",
          "shortcut-pastes",
          "spoofed-requests",
          "typing-pauses",
          "typing-rate",
          "user-agent-changes");

  private final Random random = new Random(SEED);
  private final StringWriter text = new StringWriter();
  private final JsonWriter json = new JsonWriter(text);

  private InquiryPageText() {}

  /** The page as UTF-8. */
  static byte[] make() {
    InquiryPageText page = new InquiryPageText();
    try {
      page.write();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a text in memory does not fail
    }
    return page.text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private void write() throws IOException {
    json.beginObject().name("data").beginArray();
    for (int i = 0; i < INQUIRIES; i++) {
      inquiry();
    }
    json.endArray();
    json.name("links").beginObject();
    text("prev", null);
    text("next", "/api/v1/inquiries?page%5Bafter%5D=" + id("inq") + "&page%5Bsize%5D=100");
    json.endObject();
    json.endObject();
  }

  private void inquiry() throws IOException {
    json.beginObject();
    text("type", "inquiry");
    text("id", id("inq"));
    json.name("attributes");
    attributes();
    json.name("relationships");
    relationships();
    json.endObject();
  }

  private void attributes() throws IOException {
    json.beginObject();
    text("status", any(STATUSES));
    text("reference-id", "customer-" + id("ref"));
    text(
        "note",
        often(70)
            ? "Called back on the \"second\" number:\nthe papers were fine, the address was old."
            : null);
    behaviors();
    json.name("tags")
        .beginArray()
        .value("newcomer")
        .value("channel-web")
        .value("priority")
        .endArray();
    text("creator", "API");
    text(
        "reviewer-comment",
        often(50)
            ? "The portrait matches the document, and the name matches the account of the person."
            : null);
    text("previous-step-name", "verification_" + id("step"));
    text("next-step-name", often(50) ? "verification_" + id("step") : null);
    json.name("fields");
    fields();
    text("created-at", moment());
    text("updated-at", moment());
    text("started-at", moment());
    text("expires-at", often(90) ? moment() : null);
    text("completed-at", often(95) ? moment() : null);
    text("failed-at", often(10) ? moment() : null);
    text("marked-for-review-at", often(30) ? moment() : null);
    text("decisioned-at", often(70) ? moment() : null);
    text("expired-at", often(10) ? moment() : null);
    text("redacted-at", null);
    json.endObject();
  }

  private void behaviors() throws IOException {
    json.name("behaviors").beginObject();
    for (String measure : MEASURES) {
      json.name(measure);
      if (measure.endsWith("e")) {
        json.value(random.nextInt(1_000_000) / 8.0);
      } else {
        json.value(random.nextInt(20));
      }
    }
    json.endObject();
  }

  private void fields() throws IOException {
    String first = any(FIRST_NAMES);
    String last = any(LAST_NAMES);
    json.beginObject();
    field("name-first", "string", first);
    field("name-middle", "string", often(80) ? any(FIRST_NAMES) : null);
    field("name-last", "string", last);
    field(
        "birthdate",
        "date",
        "19" + (50 + random.nextInt(50)) + "-0" + (1 + random.nextInt(9)) + "-17");
    field("email-address", "string", first + "." + random.nextInt(1000) + "@example.com");
    field("phone-number", "string", "+1555" + (1_000_000 + random.nextInt(9_000_000)));
    field("address-street-1", "string", 1 + random.nextInt(999) + " Sample Street");
    field("address-street-2", "string", often(20) ? "Apartment " + random.nextInt(99) : null);
    field("address-city", "string", any(CITIES));
    field("address-subdivision", "string", often(60) ? "Some State" : null);
    field("address-postal-code", "string", String.valueOf(10_000 + random.nextInt(90_000)));
    field("address-country-code", "string", "US");
    field("identification-number", "string", often(40) ? id("x").substring(2, 13) : null);
    // Not in the description: an inquiry template may define more.
    field("preferred-branch", "choices", "branch-" + random.nextInt(50));
    field("source-of-funds", "string", often(90) ? "Salary and savings" : null);
    field("occupation", "choices", "occupation-" + random.nextInt(50));
    json.endObject();
  }

  private void field(String name, String type, @Nullable String value) throws IOException {
    json.name(name).beginObject();
    text("type", type);
    text("value", value);
    json.endObject();
  }

  private void relationships() throws IOException {
    json.beginObject();
    one("account", "account", "act");
    none("template");
    one("inquiry-template", "inquiry-template", "itmpl");
    one("inquiry-template-version", "inquiry-template-version", "itmplv");
    none("transaction");
    none("reviewer");
    many("reports", "report/watchlist", "rep", 1 + random.nextInt(3));
    many("verifications", "verification/government-id", "ver", 2 + random.nextInt(3));
    many("sessions", "inquiry-session", "iqse", 2 + random.nextInt(3));
    many("documents", "document/government-id", "doc", 1 + random.nextInt(3));
    many("selfies", "selfie/id-and-profiles", "self", 1 + random.nextInt(3));
    json.endObject();
  }

  private void one(String name, String type, String prefix) throws IOException {
    json.name(name).beginObject().name("data");
    identifier(type, prefix);
    json.endObject();
  }

  private void none(String name) throws IOException {
    json.name(name).beginObject().name("data").nullValue().endObject();
  }

  private void many(String name, String type, String prefix, int count) throws IOException {
    json.name(name).beginObject().name("data").beginArray();
    for (int i = 0; i < count; i++) {
      identifier(type, prefix);
    }
    json.endArray().endObject();
  }

  private void identifier(String type, String prefix) throws IOException {
    json.beginObject();
    text("type", type);
    text("id", id(prefix));
    json.endObject();
  }

  private void text(String name, @Nullable String value) throws IOException {
    json.name(name).value(value);
  }

  private String id(String prefix) {
    StringBuilder id = new StringBuilder(prefix).append('_');
    for (int i = 0; i < 24; i++) {
      id.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return id.toString();
  }

  private String moment() {
    // Never a fraction that ends in 0, which formatters leave out.
    long millis = (long) (random.nextDouble() * A_YEAR) / 10 * 10 + 1 + random.nextInt(9);
    return Instant.ofEpochMilli(FIRST_MOMENT + millis).toString();
  }

  private boolean often(int percent) {
    return random.nextInt(100) < percent;
  }

  private String any(List<String> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
