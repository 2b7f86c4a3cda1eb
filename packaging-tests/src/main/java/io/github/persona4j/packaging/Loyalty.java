package io.github.persona4j.packaging;

import com.google.gson.annotations.SerializedName;
import org.jspecify.annotations.Nullable;

/** Fields that an organization has defined. The application keeps this record when it is shrunk. */
record Loyalty(
    @Nullable String nameFirst,
    @Nullable Integer loyaltyLevel,
    @SerializedName("tier-name") @Nullable Tier tier) {

  enum Tier {
    @SerializedName("gold")
    GOLD
  }
}
