package io.github.persona4j.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.persona4j.mini.model.Cat;
import io.github.persona4j.mini.model.Check;
import io.github.persona4j.mini.model.Dog;
import io.github.persona4j.mini.model.Owner;
import io.github.persona4j.mini.model.Pet;
import io.github.persona4j.mini.model.PetResponse;
import io.github.persona4j.mini.model.PetStatus;
import io.github.persona4j.mini.model.Resource;
import io.github.persona4j.mini.model.Token;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Objects with a tag are read as its class at any position of the tag; others keep their JSON. */
class UnionTest {
  private static Pet pet(String json) {
    return Pet.TYPE.fromJson(json, false);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\":\"pet/dog\",\"id\":\"1\",\"attributes\":{\"status\":\"alive\",\"legs\":3},\"x\":[]}",
        "{\"id\":\"1\",\"type\":\"pet/dog\",\"attributes\":{\"status\":\"alive\",\"legs\":3},\"x\":[]}",
        "{\"id\":\"1\",\"attributes\":{\"status\":\"alive\",\"legs\":3},\"x\":[],\"type\":\"pet/dog\"}",
        "{\"id\":\"1\",\"x\":[],\"attributes\":{\"type\":\"pet/cat\",\"status\":\"alive\",\"legs\":3},"
            + "\"type\":\"pet\\/dog\"}"
      })
  void tag_anywhere_selectsTheClass(String json) {
    Pet pet = pet(json);

    assertThat(pet).isInstanceOf(Dog.class);
    assertThat(pet.type()).isEqualTo("pet/dog");
    assertThat(pet.id()).isEqualTo("1");
    assertThat(pet.attributes().status()).isEqualTo(PetStatus.ALIVE);
    assertThat(((Dog) pet).attributes().legs()).isEqualTo(3);
    assertThat(((Dog) pet).additionalProperties()).containsOnlyKeys("x");
    assertThat(Trees.of(pet.toJson())).isEqualTo(Trees.of(json));
    assertThat(pet).isEqualTo(pet(pet.toJson())).hasSameHashCodeAs(pet(pet.toJson()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\":\"pet/fish\",\"id\":\"1\",\"attributes\":{\"status\":\"alive\",\"n\":1.10}}",
        "{\"id\":\"1\",\"attributes\":{\"status\":\"alive\",\"n\":12345678901234567890},\"type\":\"owner\"}",
        "{\"id\":\"1\",\"attributes\":{\"status\":\"alive\"}}",
        "{\"type\":null,\"id\":\"1\",\"attributes\":{\"status\":\"alive\"}}",
        "{\"type\":{\"type\":\"pet/dog\"},\"id\":\"1\",\"attributes\":{\"status\":\"alive\"}}",
        "{\"id\":\"1\",\"type\":7,\"attributes\":{\"status\":\"alive\"}}"
      })
  void tag_unknownOrAbsentOrNotAString_keepsTheWholeJson(String json) {
    Pet pet = pet(json);

    assertThat(pet).isInstanceOf(Pet.Unknown.class);
    assertThat(Trees.of(pet.toJson())).isEqualTo(Trees.of(json));
    assertThat(Trees.of(((Pet.Unknown) pet).json().json())).isEqualTo(Trees.of(json));
    assertThat(pet.id()).isEqualTo("1");
    assertThat(pet.attributes().status()).isEqualTo(PetStatus.ALIVE);
    assertThat(pet).isEqualTo(pet(pet.toJson())).hasSameHashCodeAs(pet(pet.toJson()));
    assertThat(pet.toString()).isEqualTo("Unknown{type=" + pet.type() + ", id=1}");
  }

  @Test
  void unknownMember_withoutProperties_isEmpty() {
    Pet pet = pet("{}");

    assertThat(pet.type()).isEmpty();
    assertThat(pet.id()).isEmpty();
    assertThat(pet.attributes().propertyNames()).isEmpty();
    assertThat(pet.toJson()).isEqualTo("{}");
  }

  @Test
  void visitor_withAndWithoutMethod_isCalled() {
    Pet.Visitor<String> onlyDogs =
        new Pet.Visitor<>() {
          @Override
          public String other(Pet resource) {
            return "other " + resource.type();
          }

          @Override
          public String visitDog(Dog resource) {
            return "dog " + resource.id();
          }
        };

    assertThat(pet("{\"type\":\"pet/dog\",\"id\":\"1\"}").accept(onlyDogs)).isEqualTo("dog 1");
    assertThat(pet("{\"type\":\"pet/cat\"}").accept(onlyDogs)).isEqualTo("other pet/cat");
    assertThat(pet("{\"type\":\"pet/fish\"}").accept(onlyDogs)).isEqualTo("other pet/fish");
    Pet.Visitor<Pet> same =
        new Pet.Visitor<>() {
          @Override
          public Pet other(Pet pet) {
            return pet;
          }
        };
    Pet cat = Cat.builder().id("2").attributes(catAttributes()).build();
    assertThat(cat.accept(same)).isSameAs(cat);
  }

  private static io.github.persona4j.mini.model.CatAttributes catAttributes() {
    return io.github.persona4j.mini.model.CatAttributes.builder().lives(9L).build();
  }

  @Test
  void oneClass_inTwoUnions_isBoth() {
    String json =
        """
        {"data":{"type":"pet/cat","id":"c"},"included":[
          {"type":"owner","id":"o","attributes":{"name":"x"}},
          {"id":"d","type":"pet/dog"},{"type":"planet","id":"p"},{"x":null}]}
        """;
    PetResponse response = PetResponse.fromJson(json);

    List<Resource> included = Objects.requireNonNull(response.included());
    assertThat(response.data()).isInstanceOf(Cat.class).isInstanceOf(Resource.class);
    assertThat(included)
        .hasExactlyElementsOfTypes(
            Owner.class, Dog.class, Resource.Unknown.class, Resource.Unknown.class);
    assertThat(included).extracting(Resource::id).containsExactly("o", "d", "p", "");
    assertThat(Trees.of(response.toJson())).isEqualTo(Trees.of(json));
  }

  /** A model that records how much of the source was read at its first property. */
  private static final class Probe extends JsonModel {
    static int readSoFar;
    static @Nullable Counting source;

    private static final JsonType<Object> FIRST =
        new JsonType<>("first") {
          @Override
          Object read(JsonInput in) throws IOException {
            Object first = in.integer();
            readSoFar = Objects.requireNonNull(source).count;
            return first;
          }
        };

    private static final JsonTypes SCHEMAS =
        new JsonTypes() {
          @Override
          public JsonType<?> find(String schema) {
            return FIRST;
          }

          @Override
          public @Nullable JsonType<?> find(Class<?> type) {
            return null;
          }
        };

    static final ModelType<Probe> TYPE =
        ModelType.of("Probe", SCHEMAS, new Probe(Slots.none()), "type string\nfirst First\n");

    private Probe(Slots slots) {
      super(slots);
    }

    @Override
    protected ModelType<?> modelType() {
      return TYPE;
    }

    @Override
    protected JsonModel create(Slots slots) {
      return new Probe(slots);
    }
  }

  private static final JsonType<Object> PROBES =
      new UnionType<>("type") {
        @Override
        protected @Nullable ModelType<?> member(String tag) {
          return tag.equals("probe") ? Probe.TYPE : null;
        }

        @Override
        protected Object unknown(JsonValue json) {
          return json;
        }
      };

  private static final class Counting extends FilterInputStream {
    int count;

    Counting(String text) {
      super(new ByteArrayInputStream(text.getBytes(UTF_8)));
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int read = super.read(buffer, offset, length);
      count += Math.max(read, 0);
      return read;
    }
  }

  private static int readBeforeFirst(String json) throws IOException {
    Counting source = new Counting(json);
    Probe.source = source;
    assertThat(PROBES.read(source, false)).isInstanceOf(Probe.class);
    assertThat(source.count).isEqualTo(json.length());
    return Probe.readSoFar;
  }

  @Test
  void tagFirst_read_streamsIntoTheClass() throws IOException {
    String rest = "\"x\":\"" + "y".repeat(1_000_000) + "\"";

    assertThat(readBeforeFirst("{\"type\":\"probe\",\"first\":1," + rest + "}")).isLessThan(10_000);
    // With the tag last, the object must be read ahead.
    assertThat(readBeforeFirst("{\"first\":1," + rest + ",\"type\":\"probe\"}"))
        .isGreaterThan(1_000_000);
  }

  private static final JsonType<Object> BY_PROPERTY =
      new PropertyUnionType<>() {
        @Override
        protected @Nullable ModelType<?> member(String property) {
          return switch (property) {
            case "child", "children" -> Check.TYPE;
            case "access-token" -> Token.TYPE;
            default -> null;
          };
        }

        @Override
        protected Object unknown(JsonValue json) {
          return json;
        }
      };

  @Test
  void identifyingProperty_anywhere_selectsTheClass() {
    String json =
        """
        [{"x":1.10,"children":[]},{"access-token":"t"},{"name":"n"},null,{},
         {"x":{"child":1},"child":{"name":7},"y":[12345678901234567890]},"odd"]
        """;

    List<Object> items = JsonType.list(BY_PROPERTY).fromJson(json, false);

    assertThat(items.get(0)).isInstanceOf(Check.class);
    assertThat(items.get(1)).isEqualTo(Token.builder().accessToken("t").build());
    assertThat(items.get(2)).isEqualTo(JsonValue.ofJson("{\"name\":\"n\"}"));
    assertThat(items.get(3)).isNull();
    assertThat(items.get(4)).isEqualTo(JsonValue.ofJson("{}"));
    Check check = Objects.requireNonNull(((Check) items.get(5)).child());
    assertThatThrownBy(check::name)
        .isInstanceOf(UnexpectedTypeException.class)
        .hasMessageContaining("$[5].child.name");
    assertThatThrownBy(() -> items.get(6)).hasMessageContaining("$[6]");
    assertThat(
            Trees.of(
                JsonValue.written(JsonType.list(BY_PROPERTY).slot(items.subList(0, 6))).json()))
        .isEqualTo(Trees.of(json.replace(",\"odd\"", "")));
    assertThatThrownBy(() -> JsonType.list(BY_PROPERTY).fromJson(json, true))
        .isInstanceOf(MalformedJsonException.class)
        .hasMessageContaining("$[5].child.name");
  }
}
