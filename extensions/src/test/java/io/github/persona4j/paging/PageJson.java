package io.github.persona4j.paging;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Pages as the API sends them, with resources that have only an ID. */
final class PageJson {
  private PageJson() {}

  static String of(
      String type, @Nullable String next, @Nullable String previous, List<String> ids) {
    StringBuilder json = new StringBuilder("{\"data\":[");
    for (String id : ids) {
      json.append(json.length() > 9 ? "," : "");
      json.append("{\"type\":\"").append(type);
      json.append("\",\"id\":\"").append(id).append("\",\"attributes\":{}}");
    }
    return json.append("],\"links\":{\"prev\":")
        .append(previous == null ? "null" : '"' + previous + '"')
        .append(",\"next\":")
        .append(next == null ? "null" : '"' + next + '"')
        .append("}}")
        .toString();
  }
}
