package io.github.persona4j.testing.internal.file;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.github.persona4j.testing.internal.operation.OperationResult;
import io.github.persona4j.testing.internal.operation.Operations;
import io.github.persona4j.testing.internal.store.StoredObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The operations that return an object as a PDF document. */
public final class PrintOperations {
  private PrintOperations() {}

  /** Registers the operations. */
  public static void register(Operations operations) {
    operations.on("inquiries.print", call -> print(call.object("inquiry")));
    operations.on("reports.print", call -> print(call.object("report")));
    operations.on("verifications.print", call -> print(call.object("verification")));
  }

  private static OperationResult print(StoredObject object) {
    List<String> lines = new ArrayList<>();
    addLines("", object.attributes(), lines);
    String title = object.type() + ' ' + object.id();
    return OperationResult.file("application/pdf", Pdf.of(title, lines));
  }

  private static void addLines(String name, JsonElement value, List<String> lines) {
    if (value instanceof JsonObject object) {
      for (Map.Entry<String, JsonElement> entry : object.entrySet()) {
        String path = name.isEmpty() ? entry.getKey() : name + '.' + entry.getKey();
        addLines(path, entry.getValue(), lines);
      }
    } else if (value instanceof JsonArray array) {
      for (int i = 0; i < array.size(); i++) {
        addLines(name + '[' + i + ']', array.get(i), lines);
      }
    } else if (!value.isJsonNull()) {
      lines.add(name + ": " + value.getAsString());
    }
  }
}
