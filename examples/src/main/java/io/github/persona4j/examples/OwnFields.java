package io.github.persona4j.examples;

import com.google.gson.annotations.SerializedName;
import io.github.persona4j.model.Account;
import io.github.persona4j.model.Case;
import io.github.persona4j.model.CustomFieldValues;
import io.github.persona4j.model.Inquiry;
import io.github.persona4j.model.InquiryFieldValues;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads and writes the fields that an organization has defined in its templates. */
final class OwnFields {
  enum Tier {
    @SerializedName("gold")
    GOLD,
    @SerializedName("silver")
    SILVER
  }

  record Loyalty(
      @Nullable Integer loyaltyLevel, // the field loyalty-level
      @Nullable LocalDate memberSince,
      @SerializedName("tier-name") @Nullable Tier tier,
      List<String> sources) {}

  private OwnFields() {}

  static @Nullable Integer level(Inquiry inquiry) {
    Integer level = inquiry.attributes().fields().getInteger("loyalty-level");
    return level;
  }

  static List<String> sources(Account account) {
    List<String> sources = account.attributes().fields().getStrings("sources");
    return sources;
  }

  static Loyalty loyalty(Case found) {
    Loyalty own = found.attributes().fields().as(Loyalty.class);
    return own;
  }

  static InquiryFieldValues values() {
    InquiryFieldValues values =
        InquiryFieldValues.builder()
            .nameFirst("Ada")
            .birthdate(LocalDate.of(1985, 12, 10))
            .set("loyalty-level", 3)
            .set("sources", List.of("web", "app"))
            .clear("nickname") // sends a null; set(key, null) leaves the field out
            .build();
    return values;
  }

  static CustomFieldValues values(Loyalty own) {
    CustomFieldValues values = CustomFieldValues.builder().setAll(own).build();
    return values;
  }
}
