package io.github.persona4j.json;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Accessors return raw JSON only where the value may be anything, or nothing states its shape. */
class RawAccessorsTest {
  private static final String ANY = "may be any value";
  private static final String UNSTATED = "the reference states an object and not its properties";

  private static final Map<String, String> RAW =
      Map.ofEntries(
          entry("AdverseMediaReportAttributes.ignoreListEntity", UNSTATED),
          entry("AdverseMediaReportAttributes.ignoreListMedia", UNSTATED),
          entry("BatchJobErrorPage.meta", UNSTATED),
          entry("CreateBatchJobAttributes.rows", UNSTATED),
          entry("CreateTransactionRequest.meta", ANY),
          entry("DigitalIdSerproVerificationAttributes.qrCodeAttachment", UNSTATED),
          entry("DocumentExtraction.structuredResults", UNSTATED),
          entry("ErrorObject.meta", ANY),
          entry("EventAttributes.context", ANY),
          entry("ExtractionResult.metadata", ANY),
          entry("FieldSchemaConfig.jsonSchema", ANY),
          entry("GraphQueryAttributes.stats", UNSTATED),
          entry("JpMyNumberNfcScanVerificationAttributes.faceImage", UNSTATED),
          entry("LoggedParameters.asObject", ANY),
          entry("LoggedRequest.getParams", ANY),
          entry("LoggedRequest.postParams", ANY),
          entry("OwnerRole.data", UNSTATED),
          entry("PeekableField.value", ANY),
          entry("ThemeVariant.components", UNSTATED),
          entry("ThemeVariant.inquiry", UNSTATED),
          entry("ThemeVariant.stepAssets", UNSTATED),
          entry("VerificationCheck.metadata", ANY),
          entry("WebhookPayloadFilter.data", ANY));

  @Test
  void accessorsOfAllModels_returnRawJson_onlyWhereNothingStatesTheShape() {
    Set<String> raw = new TreeSet<>();
    for (Class<?> model : Descriptions.API.classes()) {
      for (Method method : model.getDeclaredMethods()) {
        if (method.getParameterCount() == 0
            && Modifier.isPublic(method.getModifiers())
            && !method.isSynthetic()
            && method.getGenericReturnType().getTypeName().contains(JsonValue.class.getName())) {
          raw.add(model.getSimpleName() + "." + method.getName());
        }
      }
    }

    assertThat(raw).isEqualTo(new TreeSet<>(RAW.keySet()));
  }
}
