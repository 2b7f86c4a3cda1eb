package io.github.persona4j.testing.internal.state;

import com.google.gson.JsonObject;
import io.github.persona4j.testing.internal.json.Json;
import io.github.persona4j.testing.internal.store.StoredObject;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What a caller adds to a move. Immutable. */
public final class Change {
  private static final Change NONE = new Change(null, UnaryOperator.identity(), new JsonObject());

  private final @Nullable String state;
  private final UnaryOperator<StoredObject> edit;
  private final JsonObject context;

  private Change(@Nullable String state, UnaryOperator<StoredObject> edit, JsonObject context) {
    this.state = state;
    this.edit = edit;
    this.context = context;
  }

  /** Nothing but the move. */
  public static Change none() {
    return NONE;
  }

  /** The new state, for a move whose caller chooses it. */
  public static Change to(String state) {
    return new Change(state, UnaryOperator.identity(), new JsonObject());
  }

  /** Changes the object beside its state, before the events are recorded. */
  public static Change edit(UnaryOperator<StoredObject> edit) {
    return NONE.and(edit);
  }

  /** Returns a change that also does this, after what is there. */
  public Change and(UnaryOperator<StoredObject> next) {
    return new Change(state, object -> next.apply(edit.apply(object)), context);
  }

  /** Returns a change that also sets an attribute, see {@link StoredObject#with}. */
  public Change with(String attribute, @Nullable Object value) {
    return and(object -> object.with(attribute, value));
  }

  /** Returns a change whose events have this member of the context. */
  public Change context(String name, @Nullable Object value) {
    JsonObject extended = context.deepCopy();
    extended.add(name, Json.value(value));
    return new Change(state, edit, extended);
  }

  @Nullable String state() {
    return state;
  }

  StoredObject applyTo(StoredObject object) {
    return edit.apply(object);
  }

  JsonObject context() {
    return context;
  }
}
