package io.github.persona4j.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.github.persona4j.mini.api.PetsApi;
import io.github.persona4j.mini.model.CreatePetRequest;
import io.github.persona4j.mini.model.ModelTypes;
import io.github.persona4j.mini.model.PetResponse;
import io.github.persona4j.request.JsonConverterFactory;
import io.github.persona4j.request.RequestOptions;
import io.github.persona4j.request.ResourceQuery;
import java.lang.reflect.InvocationTargetException;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okio.ByteString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import retrofit2.Retrofit;

/** Decoding and encoding preserves any JSON. */
class RoundTripTest {
  private static final int OBJECTS_PER_TYPE = Fuzz.times(60);
  private static final long SEED = 20_251_208;

  @ParameterizedTest
  @EnumSource
  void anyJson_decodedAndEncoded_isEqual(Descriptions description) {
    RandomJson random = new RandomJson(SEED, description.tags());
    description
        .all()
        .forEach(
            (name, type) -> {
              Shape shape = Shape.of(type);
              for (int i = 0; i < OBJECTS_PER_TYPE; i++) {
                String json = random.described(shape);
                try {
                  checkRoundTrip(type, json);
                } catch (RuntimeException | AssertionError e) {
                  fail("seed %d, %s no. %d: %s%n%s", SEED, name, i, json, e);
                }
              }
            });
  }

  private static <T> void checkRoundTrip(JsonType<T> type, String json) {
    T decoded = type.fromJson(json, false);
    String encoded = JsonValue.written(type.slot(decoded)).json();
    assertThat(Trees.of(encoded)).isEqualTo(Trees.of(json));

    T again = type.fromJson(encoded, false);
    assertThat(again).isEqualTo(decoded).hasSameHashCodeAs(decoded);
    assertThat(type.fromJson(json, false)).isEqualTo(decoded).hasSameHashCodeAs(decoded);

    if (decoded instanceof JsonModel model) {
      checkCopy(model);
    }
  }

  private static void checkCopy(JsonModel model) {
    JsonModel copy;
    try {
      Object builder = model.getClass().getMethod("toBuilder").invoke(model);
      copy = (JsonModel) builder.getClass().getMethod("build").invoke(builder);
    } catch (InvocationTargetException e) {
      assertThat(e.getCause())
          .isInstanceOf(IllegalStateException.class)
          .hasMessageMatching(model.modelType().name() + ": \\S+ is required");
      return;
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(e.getMessage(), e);
    }
    Set<String> added = new HashSet<>(copy.propertyNames());
    added.removeAll(model.propertyNames());
    if (added.isEmpty()) {
      assertThat(copy).isEqualTo(model).isNotSameAs(model).hasSameHashCodeAs(model);
      assertThat(copy.toJson()).isEqualTo(model.toJson());
    } else { // absent required nullable properties
      assertThat(added).allMatch(name -> JsonValue.NULL.equals(copy.property(name)));
      assertThat(model.propertyNames())
          .allMatch(name -> Objects.equals(copy.property(name), model.property(name)));
    }
  }

  @ParameterizedTest
  @EnumSource
  void models_withOneValueChanged_areNotEqual(Descriptions description) {
    RandomJson random = new RandomJson(SEED, description.tags());
    description
        .models()
        .forEach(
            (name, type) -> {
              Shape shape = Shape.of(type);
              for (int i = 0; i < Fuzz.times(20); i++) {
                String one = random.described(shape);
                String other = random.described(shape);
                Object first = type.fromJson(one, false);
                Object second = type.fromJson(other, false);
                assertThat(first.equals(second))
                    .as("seed %d, %s: %s and %s", SEED, name, one, other)
                    .isEqualTo(Objects.equals(Trees.of(one), Trees.of(other)));
              }
            });
  }

  @ParameterizedTest
  @EnumSource
  void anyJson_writtenAsBytes_isEqual(Descriptions description) {
    RandomJson random = new RandomJson(SEED, description.tags());
    JsonConverterFactory factory = JsonConverterFactory.create(description.types());
    description
        .models()
        .forEach(
            (name, type) -> {
              Shape shape = Shape.of(type);
              for (int i = 0; i < Fuzz.times(20); i++) {
                String json = random.described(shape);
                byte[] bytes = RetrofitCodec.encode(factory, type.fromJson(json, false));
                assertThat(Trees.of(new String(bytes, UTF_8)))
                    .as("seed %d, %s no. %d: %s", SEED, name, i, json)
                    .isEqualTo(Trees.of(json));
              }
            });
  }

  @Test
  void anyJson_throughSockets_isEqual() throws Exception {
    RandomJson random = new RandomJson(SEED, Descriptions.MINI.tags());
    Shape responses = Shape.of(PetResponse.TYPE);
    Shape requests = Shape.of(CreatePetRequest.TYPE);
    try (MockWebServer server = new MockWebServer()) {
      server.start();
      PetsApi pets =
          new Retrofit.Builder()
              .baseUrl(server.url("/"))
              .addConverterFactory(JsonConverterFactory.create(ModelTypes.ALL))
              .build()
              .create(PetsApi.class);
      for (int i = 0; i < Fuzz.times(100); i++) {
        String response = random.described(responses);
        String request = random.described(requests);
        server.enqueue(new MockResponse.Builder().body(response).build());

        PetResponse decoded =
            pets.create(
                    CreatePetRequest.fromJson(request), ResourceQuery.none(), RequestOptions.none())
                .execute()
                .body();

        String context = "seed %d, no. %d: %s and %s".formatted(SEED, i, request, response);
        ByteString sent = Objects.requireNonNull(server.takeRequest().getBody());
        assertThat(Trees.of(sent.utf8())).as(context).isEqualTo(Trees.of(request));
        assertThat(Trees.of(Objects.requireNonNull(decoded).toJson()))
            .as(context)
            .isEqualTo(Trees.of(response));
      }
    }
  }
}
