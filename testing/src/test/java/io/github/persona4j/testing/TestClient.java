package io.github.persona4j.testing;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.persona4j.testing.internal.http.OperationPattern;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sends requests to a fake over HTTP. */
final class TestClient {
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final FakePersona persona;

  TestClient(FakePersona persona) {
    this.persona = persona;
  }

  record TestResponse(HttpResponse<String> response) {
    int status() {
      return response.statusCode();
    }

    String body() {
      return response.body();
    }

    @Nullable String header(String name) {
      return response.headers().firstValue(name).orElse(null);
    }

    JsonObject json() {
      return JsonParser.parseString(response.body()).getAsJsonObject();
    }

    JsonObject data() {
      return json().getAsJsonObject("data");
    }

    JsonObject attributes() {
      return data().getAsJsonObject("attributes");
    }

    List<JsonObject> items() {
      return objects(json().getAsJsonArray("data"));
    }

    List<JsonObject> included() {
      return objects(json().getAsJsonArray("included"));
    }

    List<String> ids() {
      return items().stream().map(item -> item.get("id").getAsString()).toList();
    }

    @Nullable String link(String name) {
      JsonElement link = json().getAsJsonObject("links").get(name);
      return link.isJsonNull() ? null : link.getAsString();
    }

    JsonObject error() {
      return json().getAsJsonArray("errors").get(0).getAsJsonObject();
    }

    private static List<JsonObject> objects(JsonArray array) {
      List<JsonObject> objects = new ArrayList<>();
      array.forEach(item -> objects.add(item.getAsJsonObject()));
      return objects;
    }
  }

  TestResponse get(String pathAndQuery, String... headers) throws IOException {
    return send(request(pathAndQuery, headers).GET());
  }

  TestResponse post(String pathAndQuery, String body, String... headers) throws IOException {
    return send(request(pathAndQuery, headers).POST(BodyPublishers.ofString(body)));
  }

  /** Returns a request with the key of the fake. */
  HttpRequest.Builder request(String pathAndQuery, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(persona.baseUrl() + pathAndQuery))
            .setHeader("Authorization", "Bearer " + persona.apiKey());
    for (int i = 0; i < headers.length; i += 2) {
      request.setHeader(headers[i], headers[i + 1]);
    }
    return request;
  }

  TestResponse send(HttpRequest.Builder request) throws IOException {
    try {
      return new TestResponse(http.send(request.build(), BodyHandlers.ofString()));
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  /** Returns the part of a link after the base path. */
  static String relative(String link) {
    return link.substring(OperationPattern.PREFIX.length());
  }
}
