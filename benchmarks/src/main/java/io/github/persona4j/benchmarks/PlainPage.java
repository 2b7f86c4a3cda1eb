package io.github.persona4j.benchmarks;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.google.gson.annotations.SerializedName;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A page of inquiries as one writes it by hand: plain fields that reflection fills, with what our
 * models hold. Names follow the kebab case of the API by a setting of each library.
 */
final class PlainPage {
  @Nullable List<PlainInquiry> data;
  @Nullable Links links;

  static final class Links {
    @Nullable String prev;
    @Nullable String next;
  }

  static final class PlainInquiry {
    @Nullable String type;
    @Nullable String id;
    @Nullable Attributes attributes;
    @Nullable Relationships relationships;
  }

  static final class Attributes {
    @Nullable String status;
    @Nullable String referenceId;
    @Nullable String note;
    @Nullable Map<String, Object> behaviors;
    @Nullable List<String> tags;
    @Nullable String creator;
    @Nullable String reviewerComment;
    @Nullable String previousStepName;
    @Nullable String nextStepName;
    @Nullable Fields fields;
    @Nullable OffsetDateTime createdAt;
    @Nullable OffsetDateTime updatedAt;
    @Nullable OffsetDateTime startedAt;
    @Nullable OffsetDateTime expiresAt;
    @Nullable OffsetDateTime completedAt;
    @Nullable OffsetDateTime failedAt;
    @Nullable OffsetDateTime markedForReviewAt;
    @Nullable OffsetDateTime decisionedAt;
    @Nullable OffsetDateTime expiredAt;
    @Nullable OffsetDateTime redactedAt;
  }

  static final class Fields {
    @Nullable Field nameFirst;
    @Nullable Field nameMiddle;
    @Nullable Field nameLast;
    @Nullable Field birthdate;
    @Nullable Field emailAddress;
    @Nullable Field phoneNumber;

    @SerializedName("address-street-1")
    @JsonProperty("address-street-1")
    @Nullable Field addressStreet1;

    @SerializedName("address-street-2")
    @JsonProperty("address-street-2")
    @Nullable Field addressStreet2;

    @Nullable Field addressCity;
    @Nullable Field addressSubdivision;
    @Nullable Field addressPostalCode;
    @Nullable Field addressCountryCode;
    @Nullable Field identificationNumber;

    // Plain objects lose what they do not name, so these are named. Ours keeps them unnamed.
    @Nullable Field preferredBranch;
    @Nullable Field sourceOfFunds;
    @Nullable Field occupation;
  }

  static final class Field {
    @Nullable String type;
    @Nullable String value;
  }

  static final class Relationships {
    @Nullable One account;
    @Nullable One template;
    @Nullable One inquiryTemplate;
    @Nullable One inquiryTemplateVersion;
    @Nullable One transaction;
    @Nullable One reviewer;
    @Nullable Many reports;
    @Nullable Many verifications;
    @Nullable Many sessions;
    @Nullable Many documents;
    @Nullable Many selfies;
  }

  static final class One {
    @Nullable Identifier data;
  }

  static final class Many {
    @Nullable List<Identifier> data;
  }

  static final class Identifier {
    @Nullable String type;
    @Nullable String id;
  }
}
