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

  // region records
  record Loyalty(
      @Nullable Integer loyaltyLevel, // the field loyalty-level
      @Nullable LocalDate memberSince,
      @SerializedName("tier-name") @Nullable Tier tier,
      List<String> sources) {}

  // endregion

  private OwnFields() {}

  static @Nullable Integer level(Inquiry inquiry) {
    // region fields-of-your-own
    Integer level = inquiry.attributes().fields().getInteger("loyalty-level");
    // endregion
    return level;
  }

  static List<String> sources(Account account) {
    // region fields-of-your-own-2
    List<String> sources = account.attributes().fields().getStrings("sources");
    // endregion
    return sources;
  }

  static Loyalty loyalty(Case found) {
    // region records-2
    Loyalty own = found.attributes().fields().as(Loyalty.class);
    // endregion
    return own;
  }

  static InquiryFieldValues values() {
    // region writing
    InquiryFieldValues values =
        InquiryFieldValues.builder()
            .nameFirst("Ada")
            .birthdate(LocalDate.of(1985, 12, 10))
            .set("loyalty-level", 3)
            .set("sources", List.of("web", "app"))
            .clear("nickname") // sends a null; set(key, null) leaves the field out
            .build();
    // endregion
    return values;
  }

  static CustomFieldValues values(Loyalty own) {
    // region records-3
    CustomFieldValues values = CustomFieldValues.builder().setAll(own).build();
    // endregion
    return values;
  }
}
