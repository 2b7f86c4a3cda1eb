package io.github.persona4j.drift;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.Collection;

/** Prints a report as JSON, for programs. */
final class JsonReport {
  private JsonReport() {}

  static String of(Report report) {
    JsonObject json = new JsonObject();
    json.addProperty("from", report.from());
    json.addProperty("to", report.to());
    json.addProperty("worst", report.worst().text());
    JsonObject counts = new JsonObject();
    for (Verdict verdict : Verdict.values()) {
      counts.addProperty(verdict.text(), report.count(verdict));
    }
    json.add("counts", counts);
    JsonArray differences = new JsonArray();
    report.differences().forEach(difference -> differences.add(json(difference)));
    json.add("differences", differences);
    JsonArray ignored = new JsonArray();
    report
        .ignored()
        .forEach(
            (difference, reason) -> {
              JsonObject entry = json(difference);
              entry.addProperty("reason", reason);
              ignored.add(entry);
            });
    json.add("ignored", ignored);
    json.add("unusedIgnores", array(report.unused()));
    json.add("problems", array(report.problems()));
    return new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create().toJson(json) + "\n";
  }

  private static JsonObject json(Difference difference) {
    JsonObject json = new JsonObject();
    json.addProperty("rule", difference.rule());
    json.addProperty("fingerprint", difference.fingerprint());
    json.addProperty("group", difference.group());
    json.addProperty("place", difference.place());
    json.addProperty("part", difference.part());
    json.addProperty("from", difference.from());
    json.addProperty("to", difference.to());
    json.addProperty("request", difference.request().text());
    json.addProperty("response", difference.response().text());
    json.addProperty("verdict", difference.worst().text());
    json.add("touches", array(difference.touches()));
    json.add("operations", array(difference.operations()));
    return json;
  }

  private static JsonArray array(Collection<String> texts) {
    JsonArray array = new JsonArray();
    texts.forEach(array::add);
    return array;
  }
}
