package io.github.persona4j.jackson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonFilter;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonIncludeProperties;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.async.ByteArrayFeeder;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.exc.InvalidDefinitionException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.jsontype.BasicPolymorphicTypeValidator;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.github.persona4j.jacksontests.PersonaModuleContract;
import io.github.persona4j.model.Inquiry;
import java.io.IOException;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class PersonaModuleTest extends PersonaModuleContract {
  private static final ObjectMapper MAPPER = JsonMapper.builder().findAndAddModules().build();
  private static final ObjectMapper CBOR = CBORMapper.builder().findAndAddModules().build();
  private static final ObjectMapper YAML = YAMLMapper.builder().findAndAddModules().build();
  private static final ObjectMapper SETTINGS =
      JsonMapper.builder()
          .findAndAddModules()
          .serializationInclusion(JsonInclude.Include.NON_NULL)
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();
  private static final ObjectMapper CLASSES =
      JsonMapper.builder()
          .findAndAddModules()
          .activateDefaultTyping(
              BasicPolymorphicTypeValidator.builder().allowIfBaseType(Object.class).build(),
              ObjectMapper.DefaultTyping.NON_FINAL)
          .build();

  @Override
  protected Mapper mapper() {
    return new Jackson2();
  }

  @Test
  void moduleAddedTwice_isRegisteredOnce() {
    ObjectMapper mapper =
        new ObjectMapper().findAndRegisterModules().registerModule(new PersonaModule());

    assertThat(mapper.getRegisteredModuleIds()).contains(PersonaModule.class.getName());
    assertThat(new PersonaModule().getModuleName()).isEqualTo("persona4j");
    assertThat(mapper.canSerialize(Inquiry.class)).isTrue();
  }

  @Test
  void parserWithoutAllBytes_failsAndDoesNotWait() throws IOException {
    byte[] part = "{\"type\":\"inquiry\",".getBytes(StandardCharsets.UTF_8);
    try (JsonParser parser = new JsonFactory().createNonBlockingByteArrayParser()) {
      ((ByteArrayFeeder) parser.getNonBlockingInputFeeder()).feedInput(part, 0, part.length);

      assertThat(parser.nextToken()).isEqualTo(JsonToken.START_OBJECT);
      assertThatThrownBy(() -> MAPPER.readValue(parser, Inquiry.class))
          .isInstanceOf(MismatchedInputException.class)
          .hasMessageContaining("ends too early");
    }
  }

  @JsonIgnoreProperties("attributes")
  interface Ignoring {}

  @JsonFilter("hidden")
  interface Filtering {}

  record Ticket(@JsonIgnoreProperties("attributes") Inquiry inquiry) {}

  record Shown(
      @JsonIgnoreProperties(ignoreUnknown = true) Inquiry inquiry,
      @JsonIncludeProperties("id") List<String> other) {}

  @Test
  void annotationsThatHideAPart_areRefused() throws Exception {
    Inquiry inquiry = Inquiry.fromJson("{\"id\":\"inq_1\",\"attributes\":{}}");

    for (Class<?> mixin : List.of(Ignoring.class, Filtering.class)) {
      ObjectMapper mapper =
          JsonMapper.builder().findAndAddModules().addMixIn(Inquiry.class, mixin).build();
      assertThatThrownBy(() -> mapper.writeValueAsString(List.of(inquiry)))
          .isInstanceOf(InvalidDefinitionException.class)
          .hasMessageContaining("Inquiry is written whole");
    }
    assertThatThrownBy(() -> MAPPER.writeValueAsString(new Ticket(inquiry)))
        .isInstanceOf(InvalidDefinitionException.class)
        .hasMessageContaining("Inquiry is written whole");
    assertThat(MAPPER.writeValueAsString(new Shown(inquiry, List.of()))).contains("attributes");
  }

  private static final class Jackson2 implements Mapper {
    @Override
    public String write(Object value) throws IOException {
      return MAPPER.writeValueAsString(value);
    }

    @Override
    public byte[] writeBytes(Object value) throws IOException {
      return MAPPER.writeValueAsBytes(value);
    }

    @Override
    public String pretty(Object value) throws IOException {
      return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(value);
    }

    @Override
    public Object read(String json, Type type) throws IOException {
      return MAPPER.readerFor(MAPPER.constructType(type)).readValue(json);
    }

    @Override
    public String tree(Object value) {
      return MAPPER.<JsonNode>valueToTree(value).toString();
    }

    @Override
    public Object readTree(String json, Type type) throws IOException {
      return MAPPER.treeToValue(MAPPER.readTree(json), MAPPER.constructType(type));
    }

    @Override
    public Object convert(Object value, Type type) {
      return MAPPER.convertValue(value, MAPPER.constructType(type));
    }

    @Override
    public byte[] cbor(Object value) throws IOException {
      return CBOR.writeValueAsBytes(value);
    }

    @Override
    public Object readCbor(byte[] cbor, Type type) throws IOException {
      return CBOR.readValue(cbor, CBOR.constructType(type));
    }

    @Override
    public String yaml(Object value) throws IOException {
      return YAML.writeValueAsString(value);
    }

    @Override
    public Object readYaml(String yaml, Type type) throws IOException {
      return YAML.readValue(yaml, YAML.constructType(type));
    }

    @Override
    public Object update(Object value, String json) throws IOException {
      return MAPPER.readerForUpdating(value).readValue(json);
    }

    @Override
    public String writeBySettings(Object value) throws IOException {
      return SETTINGS.writeValueAsString(value);
    }

    @Override
    public Object readBySettings(String json, Type type) throws IOException {
      return SETTINGS.readValue(json, SETTINGS.constructType(type));
    }

    @Override
    public String writeWithClasses(Object value) throws IOException {
      return CLASSES.writeValueAsString(value);
    }

    @Override
    public Object readWithClasses(String json, Type type) throws IOException {
      return CLASSES.readValue(json, CLASSES.constructType(type));
    }

    @Override
    public Class<? extends Exception> mismatch() {
      return MismatchedInputException.class;
    }

    @Override
    public Class<? extends Exception> definition() {
      return InvalidDefinitionException.class;
    }

    @Override
    public String path(Throwable failure) {
      return ((JsonMappingException) failure).getPathReference();
    }
  }
}
