package io.github.persona4j.benchmarks;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.google.gson.annotations.SerializedName;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of inquiries as POJOs, written by hand, with the properties of the generated models. Gson
 * and Jackson set the fields by reflection, and are configured for names in kebab case.
 */
final class PojoInquiryPage {
  @Nullable List<Inquiry> data;
  @Nullable Links links;

  /** Reads every value of the page. */
  long readAllValues() {
    ValueSum sum = new ValueSum();
    for (Inquiry inquiry : each(data)) {
      sum.add(inquiry.type).add(inquiry.id);
      if (inquiry.attributes != null) {
        inquiry.attributes.addTo(sum);
      }
      if (inquiry.relationships != null) {
        inquiry.relationships.addTo(sum);
      }
    }
    if (links != null) {
      sum.add(links.prev).add(links.next);
    }
    return sum.value();
  }

  private static <T> List<T> each(@Nullable List<T> items) {
    return items == null ? List.of() : items;
  }

  static final class Links {
    @Nullable String prev;
    @Nullable String next;
  }

  static final class Inquiry {
    @Nullable String type;
    @Nullable String id;
    @Nullable Attributes attributes;
    @Nullable Relationships relationships;
  }

  static final class Attributes {
    @Nullable String status;
    @Nullable String referenceId;
    @Nullable String note;
    @Nullable Behaviors behaviors;
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

    private void addTo(ValueSum sum) {
      sum.add(status).add(referenceId).add(note);
      if (behaviors != null) {
        behaviors.addTo(sum);
      }
      for (String tag : each(tags)) {
        sum.add(tag);
      }
      sum.add(creator).add(reviewerComment).add(previousStepName).add(nextStepName);
      if (fields != null) {
        fields.addTo(sum);
      }
      sum.add(createdAt).add(updatedAt).add(startedAt).add(expiresAt).add(completedAt);
      sum.add(failedAt).add(markedForReviewAt).add(decisionedAt).add(expiredAt).add(redactedAt);
    }
  }

  static final class Behaviors {
    @Nullable Long apiVersionLessThanMinimumCount;
    @Nullable Long autofillCancels;
    @Nullable Long autofillStarts;
    @Nullable String behaviorThreatLevel;
    @Nullable Double botScore;
    @Nullable Double completionTime;
    @Nullable Boolean debuggerAttached;
    @Nullable Boolean devtoolsOpen;
    @Nullable Long distractionEvents;
    @Nullable Double hesitationBaseline;
    @Nullable Long hesitationCount;
    @Nullable Double hesitationPercentage;
    @Nullable Double hesitationTime;
    @Nullable Long mobileSdkVersionLessThanMinimumCount;
    @Nullable Long requestSpoofAttempts;
    @Nullable Long shortcutCopies;
    @Nullable Long shortcutPastes;
    @Nullable Long userAgentSpoofAttempts;

    private void addTo(ValueSum sum) {
      sum.add(apiVersionLessThanMinimumCount);
      sum.add(autofillCancels);
      sum.add(autofillStarts);
      sum.add(behaviorThreatLevel);
      sum.add(botScore);
      sum.add(completionTime);
      sum.add(debuggerAttached);
      sum.add(devtoolsOpen);
      sum.add(distractionEvents);
      sum.add(hesitationBaseline);
      sum.add(hesitationCount);
      sum.add(hesitationPercentage);
      sum.add(hesitationTime);
      sum.add(mobileSdkVersionLessThanMinimumCount);
      sum.add(requestSpoofAttempts);
      sum.add(shortcutCopies);
      sum.add(shortcutPastes);
      sum.add(userAgentSpoofAttempts);
    }
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

    // Own fields of the inquiry template. A POJO loses a property without a field; the generated
    // models keep it as raw JSON.
    @Nullable Field preferredBranch;
    @Nullable Field sourceOfFunds;
    @Nullable Field occupation;

    private void addTo(ValueSum sum) {
      add(sum, nameFirst);
      add(sum, nameMiddle);
      add(sum, nameLast);
      add(sum, birthdate);
      add(sum, emailAddress);
      add(sum, phoneNumber);
      add(sum, addressStreet1);
      add(sum, addressStreet2);
      add(sum, addressCity);
      add(sum, addressSubdivision);
      add(sum, addressPostalCode);
      add(sum, addressCountryCode);
      add(sum, identificationNumber);
      add(sum, preferredBranch);
      add(sum, sourceOfFunds);
      add(sum, occupation);
    }

    private static void add(ValueSum sum, @Nullable Field field) {
      if (field != null) {
        sum.add(field.type).add(field.value);
      }
    }
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

    private void addTo(ValueSum sum) {
      add(sum, account);
      add(sum, template);
      add(sum, inquiryTemplate);
      add(sum, inquiryTemplateVersion);
      add(sum, transaction);
      add(sum, reviewer);
      add(sum, reports);
      add(sum, verifications);
      add(sum, sessions);
      add(sum, documents);
      add(sum, selfies);
    }

    private static void add(ValueSum sum, @Nullable One one) {
      if (one != null && one.data != null) {
        sum.add(one.data.type).add(one.data.id);
      }
    }

    private static void add(ValueSum sum, @Nullable Many many) {
      for (Identifier identifier : each(many == null ? null : many.data)) {
        sum.add(identifier.type).add(identifier.id);
      }
    }
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
