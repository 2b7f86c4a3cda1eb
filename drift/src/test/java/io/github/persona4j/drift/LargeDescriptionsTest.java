package io.github.persona4j.drift;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * Two descriptions as large as the published one. {@code drift/benchmark} measures the same files,
 * which this test writes.
 */
class LargeDescriptionsTest {
  private static final Path FOLDER = Path.of("target", "large");
  private static final int SIZE = 3_000_000;

  @Test
  void threeMegabytes_areComparedInOneGigabyte() throws Exception {
    JsonObject old = large();
    JsonObject now = old.deepCopy();
    int removed = 0;
    JsonObject schemas = now.getAsJsonObject("components").getAsJsonObject("schemas");
    for (String name : List.of("InquiryAttributes", "Copy0AccountAttributes")) {
      JsonObject properties = schemas.getAsJsonObject(name).getAsJsonObject("properties");
      properties.remove("created-at");
      removed++;
    }
    Files.createDirectories(FOLDER);
    Path from = Files.writeString(FOLDER.resolve("from.json"), old.toString());
    Path to = Files.writeString(FOLDER.resolve("to.json"), now.toString());
    assertThat(from).isRegularFile().satisfies(f -> assertThat(Files.size(f)).isGreaterThan(SIZE));

    Path report = FOLDER.resolve("report.json");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-cp",
                System.getProperty("java.class.path"),
                "io.github.persona4j.drift.Drift",
                "--json",
                report.toString(),
                from.toString(),
                to.toString())
            .redirectErrorStream(true)
            .redirectOutput(FOLDER.resolve("output.txt").toFile())
            .start();
    // Far more than it takes, since other tests may run at the same time.
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(1);
    JsonObject result = JsonParser.parseString(Files.readString(report)).getAsJsonObject();
    assertThat(result.getAsJsonArray("differences")).hasSize(removed);
  }

  /** Returns our description with copies of itself, until it is large enough. */
  private static JsonObject large() {
    JsonObject large = OurDescription.bundle();
    for (int i = 0; large.toString().length() < SIZE; i++) {
      String prefix = "Copy" + i;
      JsonObject copy = copied(OurDescription.bundle(), prefix).getAsJsonObject();
      JsonObject components = large.getAsJsonObject("components");
      for (String kind : List.of("schemas", "parameters", "responses", "headers")) {
        JsonObject all = components.getAsJsonObject(kind);
        copy.getAsJsonObject("components")
            .getAsJsonObject(kind)
            .entrySet()
            .forEach(entry -> all.add(prefix + entry.getKey(), entry.getValue()));
      }
      String path = "/copy" + i;
      copy.getAsJsonObject("paths")
          .entrySet()
          .forEach(
              entry -> large.getAsJsonObject("paths").add(path + entry.getKey(), entry.getValue()));
    }
    return large;
  }

  private static JsonElement copied(JsonElement json, String prefix) {
    if (json.isJsonArray()) {
      JsonArray array = new JsonArray();
      json.getAsJsonArray().forEach(item -> array.add(copied(item, prefix)));
      return array;
    }
    if (json.isJsonObject()) {
      JsonObject object = new JsonObject();
      json.getAsJsonObject()
          .entrySet()
          .forEach(entry -> object.add(entry.getKey(), copied(entry.getValue(), prefix)));
      JsonElement type = object.get("enum");
      if (type != null && type.isJsonArray() && type.getAsJsonArray().size() == 1) {
        List<JsonElement> values = new ArrayList<>(type.getAsJsonArray().asList());
        JsonArray renamed = new JsonArray();
        renamed.add(values.get(0).getAsString() + "-" + prefix);
        object.add("enum", renamed);
      }
      return object;
    }
    if (json.isJsonPrimitive() && json.getAsJsonPrimitive().isString()) {
      String text = json.getAsString();
      return new JsonPrimitive(
          text.replaceFirst("^(#/components/(?!securitySchemes)[a-zA-Z]+/)", "$1" + prefix));
    }
    return json;
  }
}
