package io.github.persona4j.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.persona4j.json.MalformedJsonException.Reason;
import io.github.persona4j.mini.api.PetsApi;
import io.github.persona4j.mini.model.ModelTypes;
import io.github.persona4j.mini.model.PetResponse;
import io.github.persona4j.request.JsonConverterFactory;
import io.github.persona4j.request.RequestOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import retrofit2.Call;
import retrofit2.Callback;
import retrofit2.Response;
import retrofit2.Retrofit;

/**
 * Names with control characters. A raw one is not JSON (RFC 8259, section 7); an escaped one is a
 * name that no model has, and is kept.
 */
class ControlCharactersTest {
  private static final List<Integer> SOME = List.of(0, 1, 10, 31);

  /** Returns members of an object of a model; required ones have a value of the expected type. */
  private static List<String> members(ModelType<?> model) {
    Set<String> indispensable = Shape.indispensable(model);
    Shape shape = Shape.of(model);
    List<String> members = new ArrayList<>();
    for (String name : model.properties()) {
      String value = "null";
      if (indispensable.contains(name)) {
        value = shape.property(model, name).slot("[]") instanceof JsonList<?> ? "[]" : "{}";
      }
      members.add("\"" + name + "\":" + value);
    }
    return members;
  }

  private static String with(List<String> members, int position, String member) {
    List<String> all = new ArrayList<>(members);
    all.add(position, member);
    return "{" + String.join(",", all) + "}";
  }

  private interface Check {
    void check(ModelType<?> model, String name, InputStream json) throws IOException;
  }

  /**
   * Checks every model with names that begin like a property, or like none, at every position among
   * its properties, completely buffered and in small chunks.
   */
  private static void forEveryPosition(Descriptions description, boolean escaped, Check check) {
    Random random = new Random(1);
    description
        .models()
        .forEach(
            (schema, model) -> {
              List<String> members = members(model);
              for (int position = 0; position <= members.size(); position++) {
                for (int character : SOME) {
                  String expected =
                      position < members.size() ? model.properties().get(position) : "x";
                  for (String rest : List.of("", "x", expected)) {
                    String name = (char) character + rest;
                    String written =
                        (escaped ? "\\u%04x".formatted(character) : (char) character) + rest;
                    byte[] json = with(members, position, "\"" + written + "\":1").getBytes(UTF_8);
                    try {
                      check.check(model, name, new ByteArrayInputStream(json));
                      check.check(model, name, new ChunkedInputStream(json, random));
                    } catch (IOException | RuntimeException | AssertionError e) {
                      throw new AssertionError(schema + ": " + new String(json, UTF_8), e);
                    }
                  }
                }
              }
            });
  }

  @ParameterizedTest
  @EnumSource
  void rawControlCharacter_inAnyName_isNotJson(Descriptions description) {
    forEveryPosition(
        description,
        false,
        (model, name, json) -> {
          Throwable failure = catchThrowable(() -> model.read(json, false));
          assertThat(failure).isInstanceOf(MalformedJsonException.class);
          assertThat(((MalformedJsonException) failure).reason()).isEqualTo(Reason.SYNTAX);
        });
  }

  @ParameterizedTest
  @EnumSource
  void escapedControlCharacter_inAnyName_isKept(Descriptions description) {
    forEveryPosition(
        description,
        true,
        (model, name, json) -> {
          JsonModel value = model.read(json, false);
          assertThat(value.additionalProperties()).containsOnlyKeys(name);
          assertThat(Objects.requireNonNull(value.property(name)).asLong()).isEqualTo(1);
        });
  }

  @Test
  void rawControlCharacter_withinANameOrString_isNotJson() {
    for (int character = 0; character < 32; character++) {
      for (String json :
          List.of("{\"da@ta\":1}", "{\"data@\":1}", "{\"x\":\"@\"}", "[\"a@b\"]", "[1@]", "@[]")) {
        String text = json.replace('@', (char) character);
        if (!Character.isWhitespace((char) character) || text.contains("\"")) {
          assertThatThrownBy(() -> JsonType.ANY.fromJson(text, false))
              .as("%s %d", json, character)
              .isInstanceOf(MalformedJsonException.class);
        }
      }
    }
  }

  @Test
  void rawControlCharacter_afterTheLastProperty_endsTheCall() throws Exception {
    String body = "{\"data\":{},\"included\":[],\"\0x\":1}";
    try (MockWebServer server = new MockWebServer()) {
      server.start();
      server.enqueue(new MockResponse.Builder().body(body).build());
      server.enqueue(new MockResponse.Builder().body(body.replace("\0", "\\u0000")).build());
      server.enqueue(new MockResponse.Builder().body(body).build());
      PetsApi pets =
          new Retrofit.Builder()
              .baseUrl(server.url("/"))
              .addConverterFactory(JsonConverterFactory.create(ModelTypes.ALL))
              .build()
              .create(PetsApi.class);

      assertThatThrownBy(
              () ->
                  pets.retrieve("1", PetsApi.RetrieveQuery.none(), RequestOptions.none()).execute())
          .isInstanceOf(MalformedJsonException.class);
      assertThat(
              Objects.requireNonNull(
                      pets.retrieve("1", PetsApi.RetrieveQuery.none(), RequestOptions.none())
                          .execute()
                          .body())
                  .additionalProperties())
          .containsOnlyKeys("\0x");
      CompletableFuture<Throwable> failure = new CompletableFuture<>();
      pets.retrieve("1", PetsApi.RetrieveQuery.none(), RequestOptions.none())
          .enqueue(
              new Callback<PetResponse>() {
                @Override
                public void onResponse(Call<PetResponse> call, Response<PetResponse> response) {
                  failure.completeExceptionally(new AssertionError("no failure"));
                }

                @Override
                public void onFailure(Call<PetResponse> call, Throwable thrown) {
                  failure.complete(thrown);
                }
              });
      assertThat(failure.get(10, TimeUnit.SECONDS)).isInstanceOf(MalformedJsonException.class);
    }
  }
}
