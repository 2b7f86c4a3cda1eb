package io.github.persona4j.jackson;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteCapability;
import com.fasterxml.jackson.core.io.SerializedString;
import io.github.persona4j.json.JsonCodec;
import io.github.persona4j.json.JsonTokens;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/** Passes the tokens of a value to a generator. */
record GeneratorTokens(JsonGenerator to) implements JsonTokens {
  @Override
  public void beginObject() throws IOException {
    to.writeStartObject();
  }

  @Override
  public void endObject() throws IOException {
    to.writeEndObject();
  }

  @Override
  public void beginArray() throws IOException {
    to.writeStartArray();
  }

  @Override
  public void endArray() throws IOException {
    to.writeEndArray();
  }

  @Override
  public void name(String name) throws IOException {
    String escaped = JsonCodec.escapedSurrogates(name);
    if (escaped == null) {
      to.writeFieldName(name);
    } else {
      to.writeFieldName(new EscapedString(name, escaped));
    }
  }

  @Override
  public void string(String value) throws IOException {
    String escaped = JsonCodec.escapedSurrogates(value);
    if (escaped == null) {
      to.writeString(value);
    } else {
      to.writeString(new EscapedString(value, escaped));
    }
  }

  @Override
  public void number(String digits) throws IOException {
    boolean text =
        to.getWriteCapabilities().isEnabled(StreamWriteCapability.CAN_WRITE_FORMATTED_NUMBERS);
    Number number = text ? null : JsonCodec.toNumber(digits);
    if (number instanceof Integer value) {
      to.writeNumber((int) value);
    } else if (number instanceof Long value) {
      to.writeNumber((long) value);
    } else if (number instanceof BigInteger value) {
      to.writeNumber(value);
    } else if (number instanceof BigDecimal value) {
      to.writeNumber(value);
    } else if (number instanceof Double value) {
      to.writeNumber((double) value);
    } else {
      to.writeNumber(digits);
    }
  }

  @Override
  public void bool(boolean value) throws IOException {
    to.writeBoolean(value);
  }

  @Override
  public void nothing() throws IOException {
    to.writeNull();
  }

  /** A string with the escapes that JSON needs for it; other formats take the string. */
  private static final class EscapedString extends SerializedString {
    private static final long serialVersionUID = 1;

    EscapedString(String value, String escaped) {
      super(value);
      _quotedChars = escaped.toCharArray();
      _quotedUTF8Ref = escaped.getBytes(StandardCharsets.UTF_8);
    }
  }
}
