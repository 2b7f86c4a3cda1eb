package io.github.persona4j.testing.internal.operation;

import com.google.gson.JsonObject;
import io.github.persona4j.testing.internal.store.EventLog;
import io.github.persona4j.testing.internal.store.Ids;
import io.github.persona4j.testing.internal.store.ObjectStore;
import io.github.persona4j.testing.internal.store.StoredObject;
import java.util.Objects;

/** Operations of several resources, each of which has only one or two that are not generic. */
final class OtherOperations {
  private final Operations operations;
  private final ObjectStore store;
  private final EventLog events;

  OtherOperations(Operations operations, ObjectStore store, EventLog events) {
    this.operations = operations;
    this.store = store;
    this.events = events;
  }

  void register() {
    operations.on("transactions.label", this::label);
    operations.on("transactions.redactBiometrics", this::touch);
    operations.on("inquiryTemplates.retrieveTranslations", this::translations);
    operations.on("inquiryTemplates.importTranslations", this::importTranslations);
  }

  private OperationResult touch(OperationCall call) {
    return OperationResult.of(operations.touch(call.object()));
  }

  private OperationResult label(OperationCall call) {
    JsonObject meta = call.meta();
    StoredObject label =
        operations
            .drafts()
            .empty("transaction-label")
            .with("model-label", Objects.requireNonNullElse(OperationCall.text(meta, "label"), ""))
            .with("model-version", OperationCall.text(meta, "model-version"));
    store.add(label);
    StoredObject changed =
        operations.change(call.object(), former -> former.withRelated("transaction-label", label));
    events.record("transaction.labeled", changed);
    return OperationResult.of(changed);
  }

  private OperationResult translations(OperationCall call) {
    return OperationResult.of(translationsOf(call.object("inquiry-template")));
  }

  /** Returns the version of the template, since its translations are a part of it. */
  private OperationResult importTranslations(OperationCall call) {
    StoredObject template = call.object("inquiry-template");
    StoredObject unused =
        store.update(
            translationsOf(template).id(),
            former -> former.with("translations", call.attributes().get("translations")));
    String version = Objects.requireNonNull(template.relatedId("latest-published-version"));
    return OperationResult.of(Objects.requireNonNull(store.find(version)));
  }

  /** Returns the translations of a template, which have the id of its version in another family. */
  private StoredObject translationsOf(StoredObject template) {
    return operations
        .drafts()
        .find("inquiry-template-translations", Ids.of("itmplv", "translations " + template.id()));
  }
}
