package io.github.persona4j.benchmarks;

import com.google.gson.annotations.SerializedName;
import java.util.List;
import java.util.Map;

/** An event as POJOs, written by hand for Gson. */
@SuppressWarnings("NullAway") // Gson fills the fields
final class PojoEvent {
  String type;
  String id;
  Attributes attributes;

  private PojoEvent() {}

  static final class Response {
    PojoEvent data;
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
