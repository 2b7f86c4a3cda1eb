package io.github.persona4j.testing.internal.store;

import com.google.gson.JsonObject;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Records events: each is added to the store, so that {@code GET /events} lists it, and handed to
 * the listeners, which deliver it. Thread-safe.
 */
public final class EventLog {
  private final ObjectStore store;
  private final List<Consumer<LoggedEvent>> listeners = new CopyOnWriteArrayList<>();

  public EventLog(ObjectStore store) {
    this.store = store;
  }

  /**
   * Adds a listener. It is called once per event, in the order of the events, within the change
   * that caused the event, so it must not block or make requests.
   */
  public void addListener(Consumer<LoggedEvent> listener) {
    listeners.add(listener);
  }

  /** Records an event about an object as it is now. */
  public LoggedEvent record(String name, StoredObject object) {
    return record(name, object, LoggedEvent.NO_CONTEXT);
  }

  /** Records an event with a context, such as the tags that were added. */
  public LoggedEvent record(String name, StoredObject object, JsonObject context) {
    return store.write(
        () -> {
          LoggedEvent event =
              new LoggedEvent(store.newId("evt"), store.now(), name, object, context);
          store.add(event.stored());
          listeners.forEach(listener -> listener.accept(event));
          return event;
        });
  }
}
