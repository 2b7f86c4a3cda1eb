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

/** Makes pages of 100 inquiries like those of the API. The same seed gives the same page. */
final class InquiryPageJson {
  static final int INQUIRIES = 100;

  private static final long FIRST_DATE_MILLIS = 1_760_000_000_000L;
  private static final long YEAR_MILLIS = 31_536_000_000L;
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
  private final Random random;
  private final StringWriter output = new StringWriter();
  private final JsonWriter json = new JsonWriter(output);

  private InquiryPageJson(long seed) {
    random = new Random(seed);
  }

  /** Returns a page as UTF-8, with a link to the next page. */
  static byte[] make(long seed) {
    InquiryPageJson page = new InquiryPageJson(seed);
    page.write(page.id("inq"));
    return page.output.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** Returns a page as UTF-8, with a link to the page after a cursor; the last page for null. */
  static byte[] make(long seed, @Nullable String nextCursor) {
    InquiryPageJson page = new InquiryPageJson(seed);
    page.write(nextCursor);
    return page.output.toString().getBytes(StandardCharsets.UTF_8);
  }

  private void write(@Nullable String nextCursor) {
    try {
      page(nextCursor);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a StringWriter does not fail
    }
  }

  private void page(@Nullable String nextCursor) throws IOException {
    json.beginObject().name("data").beginArray();
    for (int i = 0; i < INQUIRIES; i++) {
      inquiry();
    }
    json.endArray();
    json.name("links").beginObject();
    string("prev", null);
    string(
        "next",
        nextCursor == null
            ? null
            : "/api/v1/inquiries?page%5Bafter%5D=" + nextCursor + "&page%5Bsize%5D=100");
    json.endObject();
    json.endObject();
  }

  private void inquiry() throws IOException {
    json.beginObject();
    string("type", "inquiry");
    string("id", id("inq"));
    json.name("attributes");
    attributes();
    json.name("relationships");
    relationships();
    json.endObject();
  }

  private void attributes() throws IOException {
    json.beginObject();
    string("status", any(STATUSES));
    string("reference-id", "customer-" + id("ref"));
    string(
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
    string("creator", "API");
    string(
        "reviewer-comment",
        often(50)
            ? "The portrait matches the document, and the name matches the account of the person."
            : null);
    string("previous-step-name", "verification_" + id("step"));
    string("next-step-name", often(50) ? "verification_" + id("step") : null);
    json.name("fields");
    fields();
    string("created-at", date());
    string("updated-at", date());
    string("started-at", date());
    string("expires-at", often(90) ? date() : null);
    string("completed-at", often(95) ? date() : null);
    string("failed-at", often(10) ? date() : null);
    string("marked-for-review-at", often(30) ? date() : null);
    string("decisioned-at", often(70) ? date() : null);
    string("expired-at", often(10) ? date() : null);
    string("redacted-at", null);
    json.endObject();
  }

  private void behaviors() throws IOException {
    json.name("behaviors").beginObject();
    count("api-version-less-than-minimum-count");
    count("autofill-cancels");
    count("autofill-starts");
    string("behavior-threat-level", any(List.of("low", "medium", "high")));
    measure("bot-score");
    measure("completion-time");
    json.name("debugger-attached").value(false);
    json.name("devtools-open").value(often(10));
    count("distraction-events");
    measure("hesitation-baseline");
    count("hesitation-count");
    measure("hesitation-percentage");
    measure("hesitation-time");
    count("mobile-sdk-version-less-than-minimum-count");
    count("request-spoof-attempts");
    count("shortcut-copies");
    count("shortcut-pastes");
    count("user-agent-spoof-attempts");
    json.endObject();
  }

  private void count(String name) throws IOException {
    json.name(name).value(random.nextInt(20));
  }

  private void measure(String name) throws IOException {
    json.name(name).value(random.nextInt(1_000_000) / 8.0);
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
    string("type", type);
    string("value", value);
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
    string("type", type);
    string("id", id(prefix));
    json.endObject();
  }

  private void string(String name, @Nullable String value) throws IOException {
    json.name(name).value(value);
  }

  private String id(String prefix) {
    StringBuilder id = new StringBuilder(prefix).append('_');
    for (int i = 0; i < 24; i++) {
      id.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return id.toString();
  }

  private String date() {
    // Never a fraction that ends in 0, which formatters leave out.
    long millis = (long) (random.nextDouble() * YEAR_MILLIS) / 10 * 10 + 1 + random.nextInt(9);
    return Instant.ofEpochMilli(FIRST_DATE_MILLIS + millis).toString();
  }

  private boolean often(int percent) {
    return random.nextInt(100) < percent;
  }

  private String any(List<String> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
