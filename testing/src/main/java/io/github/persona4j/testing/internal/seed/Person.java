package io.github.persona4j.testing.internal.seed;

import com.google.gson.JsonObject;
import io.github.persona4j.testing.internal.json.Json;
import io.github.persona4j.testing.internal.store.Ids;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * An invented person. Email addresses are in the reserved domain example.com, phone numbers are in
 * the range reserved for fiction, and the cities do not exist.
 */
public record Person(
    String first,
    String last,
    LocalDate birthdate,
    String email,
    String phone,
    String street,
    String city,
    String subdivision,
    String postalCode) {

  private static final List<String> FIRST =
      List.of(
          "Adela",
          "Bruno",
          "Camila",
          "Dario",
          "Elif",
          "Farid",
          "Greta",
          "Hugo",
          "Imani",
          "Jonas",
          "Keiko",
          "Leander",
          "Maren",
          "Nadim",
          "Oona",
          "Piotr",
          "Quentin",
          "Rosalind",
          "Søren",
          "Tamsin",
          "Ulrike",
          "Vikram",
          "Wanda",
          "Xenia",
          "Yusuf",
          "Zoë");

  private static final List<String> LAST =
      List.of(
          "Abernell",
          "Brackwater",
          "Calloway-Reyes",
          "Dunmorrow",
          "Eskildson",
          "Farrowgate",
          "Grünfelder",
          "Hollowell",
          "Iwasako",
          "Jellicott",
          "Kestrelman",
          "Lindqvale",
          "Marchetto",
          "Norrington",
          "Okonfor",
          "Pemberlow",
          "Quillane",
          "Rasmund",
          "Silverthorn",
          "Tallowby",
          "Underhay",
          "Vandermoor",
          "Whitlocke",
          "Yarborn",
          "Zielonko");

  private static final List<String> STREETS =
      List.of(
          "Lantern Row", "Old Quarry Rd", "Heron Ct", "Juniper Walk", "Mill Race Ln", "Tern St");

  private static final List<String> CITIES =
      List.of("Fairmere", "Alder Falls", "Port Linden", "Wrenfield", "Stonebrook Vale");

  private static final List<String> SUBDIVISIONS = List.of("CA", "NY", "TX", "OR", "CO", "IL");

  /**
   * Returns a person.
   *
   * @param number a part of the email address
   * @param name what the other values depend on
   */
  static Person of(long number, String name) {
    SplittableRandom random = Ids.random("person", name);
    String first = pick(FIRST, random);
    String last = pick(LAST, random);
    return new Person(
        first,
        last,
        LocalDate.of(1945, 1, 1).plusDays(random.nextInt(22_000)),
        "person-" + number + "@example.com",
        String.format(
            Locale.ROOT, "+1%d555%04d", 201 + random.nextInt(700), 100 + random.nextInt(100)),
        1 + random.nextInt(980) + " " + pick(STREETS, random),
        pick(CITIES, random),
        pick(SUBDIVISIONS, random),
        String.format(Locale.ROOT, "%05d", 10_000 + random.nextInt(89_999)));
  }

  private static String pick(List<String> values, SplittableRandom random) {
    return values.get(random.nextInt(values.size()));
  }

  /** Returns the {@code fields} of an inquiry of this person. */
  public JsonObject inquiryFields() {
    JsonObject fields = emptyInquiryFields();
    fields.add("name-first", field("string", first));
    fields.add("name-last", field("string", last));
    fields.add("birthdate", field("date", birthdate));
    fields.add("email-address", field("string", email));
    fields.add("phone-number", field("string", phone));
    fields.add("address-street-1", field("string", street));
    fields.add("address-city", field("string", city));
    fields.add("address-subdivision", field("string", subdivision));
    fields.add("address-postal-code", field("string", postalCode));
    fields.add("address-country-code", field("string", "US"));
    return fields;
  }

  /** Returns the {@code fields} of an inquiry without values. */
  public static JsonObject emptyInquiryFields() {
    JsonObject fields = new JsonObject();
    for (String name :
        List.of(
            "name-first",
            "name-middle",
            "name-last",
            "birthdate",
            "email-address",
            "phone-number",
            "address-street-1",
            "address-street-2",
            "address-city",
            "address-subdivision",
            "address-postal-code",
            "address-country-code",
            "identification-number")) {
      fields.add(name, field(name.equals("birthdate") ? "date" : "string", null));
    }
    return fields;
  }

  /**
   * Returns the {@code fields} of an account of this person, which are nested and in snake casing.
   */
  public JsonObject accountFields() {
    return Json.object(
        "name",
        field(
            "hash",
            Json.object(
                "first", field("string", first),
                "middle", field("string", null),
                "last", field("string", last))),
        "birthdate",
        field("date", birthdate),
        "email_address",
        field("string", email),
        "phone_number",
        field("string", phone),
        "address",
        field(
            "hash",
            Json.object(
                "street_1", field("string", street),
                "street_2", field("string", null),
                "city", field("string", city),
                "subdivision", field("string", subdivision),
                "postal_code", field("string", postalCode),
                "country_code", field("string", "US"))));
  }

  private static JsonObject field(String type, @Nullable Object value) {
    return Json.object("type", type, "value", value);
  }
}
