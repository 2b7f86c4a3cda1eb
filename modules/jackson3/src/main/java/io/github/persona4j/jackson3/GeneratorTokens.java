package io.github.persona4j.jackson3;

import io.github.persona4j.json.JsonCodec;
import io.github.persona4j.json.JsonTokens;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamWriteCapability;
import tools.jackson.core.io.SerializedString;

/** Passes the tokens of a value to a generator. */
record GeneratorTokens(JsonGenerator to) implements JsonTokens {
  @Override
  public void beginObject() {
    to.writeStartObject();
  }

  @Override
  public void endObject() {
    to.writeEndObject();
  }

  @Override
  public void beginArray() {
    to.writeStartArray();
  }

  @Override
  public void endArray() {
    to.writeEndArray();
  }

  @Override
  public void name(String name) {
    String escaped = JsonCodec.escapedSurrogates(name);
    if (escaped == null) {
      to.writeName(name);
    } else {
      to.writeName(new EscapedString(name, escaped));
    }
  }

  @Override
  public void string(String value) {
    String escaped = JsonCodec.escapedSurrogates(value);
    if (escaped == null) {
      to.writeString(value);
    } else {
      to.writeString(new EscapedString(value, escaped));
    }
  }

  @Override
  public void number(String digits) {
    boolean text = to.has(StreamWriteCapability.CAN_WRITE_FORMATTED_NUMBERS);
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
  public void bool(boolean value) {
    to.writeBoolean(value);
  }

  @Override
  public void nothing() {
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
