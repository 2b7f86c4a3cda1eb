package io.github.persona4j.benchmarks;

import com.google.gson.annotations.SerializedName;
import java.util.List;
import java.util.Map;

/** An event as plain objects, the way one writes them for Gson. */
@SuppressWarnings("NullAway") // Gson fills the fields
final class PlainEvent {
  String type;
  String id;
  Attributes attributes;

  private PlainEvent() {}

  static final class Answer {
    PlainEvent data;
    List<Object> included;
  }

  static final class Attributes {
    String name;
    Payload payload;

    @SerializedName("created-at")
    String createdAt;

    Map<String, Object> context;
  }

  static final class Payload {
    Resource data;
  }

  static final class Resource {
    String type;
    String id;
    Map<String, Object> attributes;
    Map<String, Object> relationships;
  }
}
