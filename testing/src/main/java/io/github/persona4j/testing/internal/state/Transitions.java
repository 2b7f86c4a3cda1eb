package io.github.persona4j.testing.internal.state;

import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.github.persona4j.testing.internal.http.ApiFailure;
import io.github.persona4j.testing.internal.json.Json;
import io.github.persona4j.testing.internal.state.Transition.Setting;
import io.github.persona4j.testing.internal.store.EventLog;
import io.github.persona4j.testing.internal.store.ObjectStore;
import io.github.persona4j.testing.internal.store.StoredObject;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Moves objects from state to state by the table of transitions: checks the move, sets the new
 * state and the timestamps, stores the object, and records the events. Thread-safe.
 */
public final class Transitions {
  private static final String CREATE = "create";
  private static final String UPDATED_AT = "updated-at";

  private final TransitionTable table;
  private final ObjectStore store;
  private final EventLog events;
  private final InstantSource clock;
  private final Refusals refusals;
  private final CaseStates classes;

  public Transitions(
      TransitionTable table,
      ObjectStore store,
      EventLog events,
      InstantSource clock,
      Refusals refusals) {
    this.table = table;
    this.store = store;
    this.events = events;
    this.clock = clock;
    this.refusals = refusals;
    this.classes = new CaseStates(store);
  }

  /** Returns the moves that a party, such as an operation by its id, makes with this type. */
  List<String> movesOf(String type, String party) {
    return table.rows(type).stream()
        .filter(row -> row.isMovedBy(party))
        .map(Transition::move)
        .distinct()
        .toList();
  }

  /** Returns the state of an object, or an empty string if it has none. */
  public String state(StoredObject object) {
    return table.stateAttribute(object.type()).read(object.attributes(), clock.instant());
  }

  /** Returns whether the move is possible from the state of the object. */
  public boolean allows(StoredObject object, String move) {
    return find(object, move, null).isPresent();
  }

  /**
   * Does nothing if the move is possible from the state of the object.
   *
   * @throws ApiFailure if the state does not allow the move
   */
  public void require(StoredObject object, String move) {
    if (!allows(object, move)) {
      throw refusal(object, move, Change.none());
    }
  }

  /**
   * Brings an object into being: gives it its first state and timestamps, adds it to the store and
   * records the events.
   *
   * @param draft an object that is not in the store
   */
  public StoredObject create(StoredObject draft) {
    return create(draft, Change.none());
  }

  /** Brings an object into being with a change, which can choose the first state. */
  public StoredObject create(StoredObject draft, Change change) {
    return store.write(
        () -> {
          Transition row =
              table.rows(draft.type()).stream()
                  .filter(candidate -> candidate.creates() && candidate.move().equals(CREATE))
                  .findFirst()
                  .orElseThrow(
                      () -> new IllegalArgumentException(draft.type() + " cannot be created"));
          StoredObject object = changed(draft, row, change);
          store.add(object);
          return record(object, row, change);
        });
  }

  /** Makes a move without further changes, see {@link #apply(StoredObject, String, Change)}. */
  public StoredObject apply(StoredObject object, String move) {
    return apply(object, move, Change.none());
  }

  /**
   * Makes a move with an object of the store and returns the object after it. The state is that of
   * the object in the store, not of the argument.
   *
   * @throws ApiFailure if the state does not allow the move
   */
  public StoredObject apply(StoredObject object, String move, Change change) {
    return store.write(
        () -> {
          StoredObject current = store.find(object.id());
          if (current == null) {
            throw new IllegalArgumentException("not in the store: " + object);
          }
          Transition row =
              find(current, move, change.state()).orElseThrow(() -> refusal(current, move, change));
          StoredObject next = store.update(object.id(), former -> changed(former, row, change));
          return record(next, row, change);
        });
  }

  /** Makes a move if there is an object with this id, and its state allows the move. */
  void applyIfAllowed(String id, String move) {
    store.write(
        () -> {
          StoredObject object = store.find(id);
          if (object != null && allows(object, move)) {
            apply(object, move);
          }
          return id;
        });
  }

  /** Returns the failure of a request that asks for an illegal move. */
  ApiFailure refusal(String details) {
    return refusals.failure(details);
  }

  private ApiFailure refusal(StoredObject object, String move, Change change) {
    String state = state(object);
    String refused = move + (change.state() == null ? "" : " to " + change.state());
    String details =
        "The state of this "
            + object.family()
            + (state.isEmpty() ? "" : " is " + state + ", which")
            + " does not allow: "
            + refused;
    return refusal(details)
        .withMessage(
            "The "
                + object.family()
                + ' '
                + object.id()
                + (state.isEmpty() ? "" : " is " + state + ", which")
                + " does not allow: "
                + refused
                + ". It allows: "
                + String.join(", ", allowed(object))
                + '.');
  }

  /** Returns the moves that are possible from the state of the object. */
  private Set<String> allowed(StoredObject object) {
    Set<String> moves = moves(object.type());
    moves.removeIf(move -> !allows(object, move));
    return moves;
  }

  /** Returns the moves of a type, without those that create an object. */
  Set<String> moves(String type) {
    return table.rows(type).stream()
        .filter(row -> !row.creates())
        .map(Transition::move)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /**
   * Does nothing if objects of this type can make the move, from whatever state.
   *
   * @throws IllegalArgumentException if they cannot, with the moves that they can make
   */
  public void checkMove(String type, String move) {
    Set<String> moves = moves(type);
    if (!moves.contains(move)) {
      throw new IllegalArgumentException(
          "move: " + type + " has " + String.join(", ", moves) + ", but not " + move);
    }
  }

  /**
   * Returns the state after a move of an object in this state, for types whose states have no
   * classes.
   *
   * @throws ApiFailure if the state does not allow the move
   */
  String stateAfter(StoredObject object, String state, String move) {
    StoredObject then = object.with(table.stateAttribute(object.type()).name(), state);
    Transition row = find(then, move, null).orElseThrow(() -> refusal(then, move, Change.none()));
    String to = row.to().iterator().next();
    return to.equals(Transition.SAME) ? state : to;
  }

  private Optional<Transition> find(StoredObject object, String move, @Nullable String target) {
    String state = state(object);
    String stateClass = classes.classOf(object, state);
    String targetClass = target == null ? "" : classes.classOf(object, target);
    return table.rows(object.type()).stream()
        .filter(row -> row.move().equals(move) && row.startsFrom(state, stateClass))
        .filter(row -> !row.choosesState() || target == null || row.leadsTo(target, targetClass))
        .filter(row -> !row.mayBeRefused() || !refusals.uncertain())
        .findFirst();
  }

  private StoredObject changed(StoredObject object, Transition row, Change change) {
    Instant now = row.creates() ? object.createdAt() : store.now();
    StateAttribute attribute = table.stateAttribute(object.type());
    JsonObject updates = new JsonObject();
    String state = newState(object, row, change);
    if (state != null) {
      attribute.write(updates, state);
    }
    for (Setting setting : row.sets()) {
      if (setting.state()) {
        updates.addProperty(setting.attribute(), state);
      } else {
        setTime(object, updates, setting.attribute(), now.plus(setting.delay()));
      }
    }
    for (String name : row.clears()) {
      updates.add(name, JsonNull.INSTANCE);
    }
    if (object.attributes().has(UPDATED_AT)) {
      setTime(object, updates, UPDATED_AT, now);
    }
    return change.applyTo(object.withAll(updates));
  }

  private static @Nullable String newState(StoredObject object, Transition row, Change change) {
    if (row.creates() && change.state() != null) {
      return change.state();
    }
    if (row.choosesState()) {
      if (row.creates()) {
        return CaseStates.INITIAL;
      }
      if (change.state() == null) {
        throw new IllegalArgumentException(row.move() + " of " + object + " needs a state");
      }
      return change.state();
    }
    String to = row.to().iterator().next();
    return to.equals(Transition.SAME) ? null : to;
  }

  private static void setTime(StoredObject object, JsonObject updates, String name, Instant time) {
    updates.add(name, Json.value(time));
    String seconds = name + "-ts";
    if (object.attributes().has(seconds)) {
      updates.add(seconds, new JsonPrimitive(time.getEpochSecond()));
    }
  }

  private StoredObject record(StoredObject object, Transition row, Change change) {
    for (String pattern : row.events()) {
      events.record(name(pattern, object), object, change.context());
    }
    return object;
  }

  /** Replaces placeholders: {@code {type}} by the type, other names by attributes. */
  private static String name(String pattern, StoredObject object) {
    String name = pattern.replace("{type}", object.type());
    int open = name.indexOf('{');
    int close = name.indexOf('}');
    if (open < 0 || close < open) {
      return name;
    }
    String value = object.text(name.substring(open + 1, close));
    return name.substring(0, open) + value + name.substring(close + 1);
  }
}
