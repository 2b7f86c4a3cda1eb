package io.github.persona4j.testing.internal.state;

import com.google.gson.JsonArray;
import com.google.gson.JsonPrimitive;
import io.github.persona4j.testing.internal.store.ObjectStore;
import io.github.persona4j.testing.internal.store.StoredObject;
import java.util.Set;

/**
 * Classes of the states of cases, which have free names: {@code Open} is the initial state. End
 * states are the resolutions of the case template and the usual names. All others are intermediate.
 */
final class CaseStates {
  static final String INITIAL = "Open";

  private static final Set<String> END = Set.of("Approved", "Declined", "Resolved", "Closed");

  private final ObjectStore store;

  CaseStates(ObjectStore store) {
    this.store = store;
  }

  /** Returns the class of a state of this object, or an empty string if it has none. */
  String classOf(StoredObject object, String state) {
    if (!object.type().equals("case")) {
      return "";
    }
    if (state.equals(INITIAL)) {
      return "initial";
    }
    return isEnd(object, state) ? "end" : "intermediate";
  }

  private boolean isEnd(StoredObject object, String state) {
    if (END.contains(state)) {
      return true;
    }
    String templateId = object.relatedId("case-template");
    StoredObject template = templateId == null ? null : store.find(templateId);
    return template != null
        && template.attribute("resolutions") instanceof JsonArray resolutions
        && resolutions.contains(new JsonPrimitive(state));
  }
}
