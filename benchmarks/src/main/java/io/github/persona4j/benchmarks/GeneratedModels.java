package io.github.persona4j.benchmarks;

import io.github.persona4j.api.InquiriesApi;
import io.github.persona4j.json.FieldValue;
import io.github.persona4j.model.Inquiry;
import io.github.persona4j.model.InquiryAttributes;
import io.github.persona4j.model.InquiryBehaviors;
import io.github.persona4j.model.InquiryFields;
import io.github.persona4j.model.InquiryPage;
import io.github.persona4j.model.InquiryRelationships;
import io.github.persona4j.model.InquirySignal;
import io.github.persona4j.model.ModelTypes;
import io.github.persona4j.model.PageLinks;
import io.github.persona4j.model.ResourceIdentifier;
import io.github.persona4j.model.TextField;
import io.github.persona4j.request.JsonConverterFactory;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import okhttp3.RequestBody;
import okhttp3.ResponseBody;
import org.jspecify.annotations.Nullable;
import retrofit2.Converter;
import retrofit2.Retrofit;

/** The generated models, read and written by the converters that Retrofit gets. */
final class GeneratedModels {
  private static final List<String> OWN_FIELDS =
      List.of("preferred-branch", "source-of-funds", "occupation");

  private final Converter<ResponseBody, InquiryPage> decoder;
  private final Converter<InquiryPage, RequestBody> encoder;

  GeneratedModels() {
    Retrofit retrofit =
        new Retrofit.Builder()
            .baseUrl("http://localhost/")
            .addConverterFactory(JsonConverterFactory.create(ModelTypes.ALL))
            .build();
    decoder = retrofit.responseBodyConverter(InquiryPage.class, listMethod().getAnnotations());
    encoder =
        retrofit.requestBodyConverter(InquiryPage.class, new Annotation[0], new Annotation[0]);
  }

  private static Method listMethod() {
    return Arrays.stream(InquiriesApi.class.getMethods())
        .filter(method -> method.getName().equals("list"))
        .findFirst()
        .orElseThrow();
  }

  InquiryPage decode(ResponseBody body) throws IOException {
    return Objects.requireNonNull(decoder.convert(body));
  }

  RequestBody encode(InquiryPage page) throws IOException {
    return Objects.requireNonNull(encoder.convert(page));
  }

  /** Calls every accessor of a page. */
  static long readAllValues(InquiryPage page) {
    ValueSum sum = new ValueSum();
    for (Inquiry inquiry : page.data()) {
      sum.add(inquiry.type()).add(inquiry.id());
      add(sum, inquiry.attributes());
      InquiryRelationships relationships = inquiry.relationships();
      if (relationships != null) {
        add(sum, relationships);
      }
    }
    PageLinks links = page.links();
    if (links != null) {
      sum.add(links.prev()).add(links.next());
    }
    return sum.value();
  }

  private static void add(ValueSum sum, InquiryAttributes attributes) {
    sum.add(attributes.status() == null ? null : attributes.status().value());
    sum.add(attributes.referenceId()).add(attributes.note());
    InquiryBehaviors behaviors = attributes.behaviors();
    if (behaviors != null) {
      add(sum, behaviors);
    }
    for (InquirySignal signal : each(attributes.signals())) {
      sum.add(signal.name());
    }
    for (String tag : each(attributes.tags())) {
      sum.add(tag);
    }
    sum.add(attributes.creator()).add(attributes.reviewerComment());
    sum.add(attributes.previousStepName()).add(attributes.nextStepName());
    InquiryFields fields = attributes.fields();
    if (fields != null) {
      add(sum, fields);
    }
    sum.add(attributes.createdAt()).add(attributes.updatedAt()).add(attributes.startedAt());
    sum.add(attributes.expiresAt()).add(attributes.completedAt()).add(attributes.failedAt());
    sum.add(attributes.markedForReviewAt()).add(attributes.decisionedAt());
    sum.add(attributes.expiredAt()).add(attributes.redactedAt());
  }

  private static void add(ValueSum sum, InquiryBehaviors behaviors) {
    sum.add(behaviors.apiVersionLessThanMinimumCount());
    sum.add(behaviors.autofillCancels());
    sum.add(behaviors.autofillStarts());
    sum.add(behaviors.behaviorThreatLevel());
    sum.add(behaviors.botScore());
    sum.add(behaviors.completionTime());
    sum.add(behaviors.debuggerAttached());
    sum.add(behaviors.devtoolsOpen());
    sum.add(behaviors.distractionEvents());
    sum.add(behaviors.hesitationBaseline());
    sum.add(behaviors.hesitationCount());
    sum.add(behaviors.hesitationPercentage());
    sum.add(behaviors.hesitationTime());
    sum.add(behaviors.mobileSdkVersionLessThanMinimumCount());
    sum.add(behaviors.requestSpoofAttempts());
    sum.add(behaviors.shortcutCopies());
    sum.add(behaviors.shortcutPastes());
    sum.add(behaviors.userAgentSpoofAttempts());
  }

  private static void add(ValueSum sum, InquiryFields fields) {
    add(sum, fields.nameFirst());
    add(sum, fields.nameMiddle());
    add(sum, fields.nameLast());
    add(sum, fields.birthdate());
    add(sum, fields.emailAddress());
    add(sum, fields.phoneNumber());
    add(sum, fields.addressStreet1());
    add(sum, fields.addressStreet2());
    add(sum, fields.addressCity());
    add(sum, fields.addressSubdivision());
    add(sum, fields.addressPostalCode());
    add(sum, fields.addressCountryCode());
    add(sum, fields.identificationNumber());
    for (String name : OWN_FIELDS) {
      FieldValue field = fields.field(name);
      if (field != null) {
        sum.add(field.type()).add(field.asString());
      }
    }
  }

  private static void add(ValueSum sum, @Nullable TextField field) {
    if (field != null) {
      sum.add(field.type()).add(field.value());
    }
  }

  private static void add(ValueSum sum, InquiryRelationships all) {
    add(sum, all.account() == null ? null : all.account().data());
    add(sum, all.template() == null ? null : all.template().data());
    add(sum, all.inquiryTemplate() == null ? null : all.inquiryTemplate().data());
    add(sum, all.inquiryTemplateVersion() == null ? null : all.inquiryTemplateVersion().data());
    add(sum, all.transaction() == null ? null : all.transaction().data());
    add(sum, all.reviewer() == null ? null : all.reviewer().data());
    add(sum, all.reports() == null ? List.of() : all.reports().data());
    add(sum, all.verifications() == null ? List.of() : all.verifications().data());
    add(sum, all.sessions() == null ? List.of() : all.sessions().data());
    add(sum, all.documents() == null ? List.of() : all.documents().data());
    add(sum, all.selfies() == null ? List.of() : all.selfies().data());
  }

  private static void add(ValueSum sum, List<? extends ResourceIdentifier> identifiers) {
    for (ResourceIdentifier identifier : identifiers) {
      add(sum, identifier);
    }
  }

  private static void add(ValueSum sum, @Nullable ResourceIdentifier identifier) {
    if (identifier != null) {
      sum.add(identifier.type()).add(identifier.id());
    }
  }

  private static <T extends @Nullable Object> List<T> each(@Nullable List<T> items) {
    return items == null ? List.of() : items;
  }
}
