package io.github.persona4j.testing.internal.state;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.github.persona4j.testing.internal.json.Json;
import io.github.persona4j.testing.internal.operation.Pages;
import io.github.persona4j.testing.internal.store.ObjectStore;
import io.github.persona4j.testing.internal.store.StoredObject;
import io.github.persona4j.testing.internal.time.Timetable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Runs reports: each run ends after a time with the result that is set for its type. Thread-safe.
 */
public final class ReportMoves {
  private static final String ANY_TYPE = "report/*";
  private static final String HAS_MATCH = "has-match";

  /** How a run ends. */
  public enum Result {
    NO_MATCH,
    MATCH,
    ERROR
  }

  /**
   * What comes of the runs of a type.
   *
   * @param result null if the run does not end by itself
   */
  public record Plan(@Nullable Result result, Duration after) {}

  private final ObjectStore store;
  private final Transitions transitions;
  private final Timetable timetable;
  private final Map<String, Plan> plans = new ConcurrentHashMap<>();

  /** The entries of each report, newest first. Read and changed in {@link ObjectStore#write}. */
  private final Map<String, List<StoredObject>> histories = new HashMap<>();

  ReportMoves(ObjectStore store, Transitions transitions, Timetable timetable, Plan plan) {
    this.store = store;
    this.transitions = transitions;
    this.timetable = timetable;
    plans.put(ANY_TYPE, plan);
  }

  /**
   * Sets what comes of later runs.
   *
   * @param type a type such as {@code report/watchlist}; null for all that have no plan of their
   *     own
   */
  public void plan(@Nullable String type, Plan plan) {
    plans.put(type == null ? ANY_TYPE : type, plan);
  }

  /** Stores a new report and begins its first run. */
  StoredObject create(StoredObject draft) {
    StoredObject report = transitions.create(draft.with(HAS_MATCH, false));
    if (transitions.allows(report, "submit")) {
      report = transitions.apply(report, "submit");
    }
    begin(report);
    return report;
  }

  /** Runs a report again. */
  StoredObject run(StoredObject report) {
    StoredObject running = transitions.apply(report, "run");
    begin(running);
    return running;
  }

  private void begin(StoredObject report) {
    addToHistory(report, "run", null);
    Plan plan = plans.getOrDefault(report.type(), plans.get(ANY_TYPE));
    Result result = plan == null ? null : plan.result();
    if (plan != null && result != null) {
      String id = report.id();
      timetable.after(plan.after(), () -> endIfRunning(id, result));
    }
  }

  private void endIfRunning(String id, Result result) {
    store.write(
        () -> {
          StoredObject report = store.find(id);
          if (report != null && isRunning(id)) {
            end(report, result);
          }
          return id;
        });
  }

  private boolean isRunning(String id) {
    return history(id).stream().anyMatch(ReportMoves::isOpenRun);
  }

  private static boolean isOpenRun(StoredObject entry) {
    return "run".equals(entry.text("type")) && entry.text("completed-at") == null;
  }

  private List<StoredObject> history(String id) {
    return histories.computeIfAbsent(id, unused -> new ArrayList<>());
  }

  /**
   * Ends the run of a report now.
   *
   * @throws IllegalArgumentException if there is no report with this id
   * @throws IllegalStateException if it is not running
   */
  public StoredObject end(String id, Result result) {
    StoredObject report = store.find("report", id);
    if (report == null) {
      throw new IllegalArgumentException("the fake has no report with this id");
    }
    return store.write(
        () -> {
          if (!isRunning(id)) {
            throw new IllegalStateException(
                "the report " + id + " is " + transitions.state(report) + " and has no open run");
          }
          return end(report, result);
        });
  }

  /** Called in {@link ObjectStore#write}. */
  private StoredObject end(StoredObject report, Result result) {
    boolean match = result == Result.MATCH;
    boolean hadMatch = new JsonPrimitive(true).equals(report.attribute(HAS_MATCH));
    Change change = Change.none().with(HAS_MATCH, match);
    StoredObject ended;
    if (transitions.state(report).equals("ready")) {
      ended =
          match && !hadMatch && transitions.allows(report, "match-again")
              ? transitions.apply(report, "match-again", change)
              : store.update(report.id(), former -> former.with(HAS_MATCH, match));
    } else if (result == Result.ERROR) {
      ended = transitions.apply(report, "error");
    } else if (match && transitions.allows(report, "match")) {
      ended = transitions.apply(report, "match", change);
    } else {
      ended = transitions.apply(report, "finish", change);
    }
    history(report.id())
        .replaceAll(
            entry ->
                isOpenRun(entry)
                    ? entry.with("completed-at", store.now()).with("matches", match ? 1 : 0)
                    : entry);
    return ended;
  }

  /** Makes a move that the history of the report shows: dismiss, pause, resume or review. */
  StoredObject applyAndRecord(StoredObject report, String move, Change change) {
    StoredObject changed = transitions.apply(report, move, change);
    addToHistory(changed, move, store.now());
    return changed;
  }

  private void addToHistory(StoredObject report, String type, @Nullable Instant completedAt) {
    Instant now = store.now();
    JsonObject attributes =
        Json.object(
            "type", type,
            "creator-name", "API",
            "matches", null,
            "created-at", now,
            "completed-at", completedAt);
    if (type.equals("run")) {
      attributes.addProperty("run-type", "manual");
    }
    history(report.id())
        .add(
            0,
            StoredObject.of(
                "report-history-entry", store.newId("rhe"), now, attributes, new JsonObject()));
  }

  /**
   * Returns a page of the history of a report, newest first.
   *
   * @param path the path of the request, for the links
   */
  JsonObject history(String reportId, String path, Pages pages, Pages.Wanted wanted) {
    JsonObject page = pages.page(path, wanted, store.write(() -> List.copyOf(history(reportId))));
    JsonArray entries = new JsonArray();
    for (JsonElement resource : page.getAsJsonArray("data")) {
      JsonObject entry = resource.getAsJsonObject().getAsJsonObject("attributes");
      entry.add("id", resource.getAsJsonObject().get("id"));
      entries.add(entry);
    }
    page.add("data", entries);
    return page;
  }
}
