package io.github.persona4j.testing.internal.operation;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.persona4j.testing.internal.description.ApiDescription;
import io.github.persona4j.testing.internal.description.EventNames;
import io.github.persona4j.testing.internal.description.Operation;
import io.github.persona4j.testing.internal.http.ApiFailure;
import io.github.persona4j.testing.internal.http.ApiRequest;
import io.github.persona4j.testing.internal.http.FakeResponse;
import io.github.persona4j.testing.internal.http.Query;
import io.github.persona4j.testing.internal.json.Inflection;
import io.github.persona4j.testing.internal.store.EventLog;
import io.github.persona4j.testing.internal.store.LoggedEvent;
import io.github.persona4j.testing.internal.store.ObjectStore;
import io.github.persona4j.testing.internal.store.StoredObject;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The operations of the API. What has no handler of its own is executed generically from the
 * description. Handlers are registered before the fake starts.
 */
public final class Operations {
  private static final List<String> BASE_PATHS = List.of("/api/v1", "/api/privacy/v1");

  private final Map<String, OperationHandler> handlers = new ConcurrentHashMap<>();
  private final Map<String, Creation> creations = new ConcurrentHashMap<>();
  private final ApiDescription description = ApiDescription.get();
  private final ObjectStore store;
  private final EventLog events;
  private final Drafts drafts;
  private final Pages pages;
  private final Inclusion inclusion;
  private final GenericOperations generic;
  private final AccountOperations accounts;

  public Operations(ObjectStore store, EventLog events, PageFaults pageFaults) {
    this.store = store;
    this.events = events;
    this.drafts = new Drafts(description, store);
    this.inclusion = new Inclusion(description, store);
    this.pages = new Pages(store, pageFaults);
    this.generic = new GenericOperations(this, store, pages, new Filters(description, store));
    this.accounts = new AccountOperations(this, store, events);
    accounts.register();
    new TagOperations(this).register();
    new RelationOperations(this, store).register();
    new CaseOperations(this, store, events).register();
    new AddedObjects(this, store).register();
    new OtherOperations(this, store, events).register();
    new RelayOperations(this, store).register();
  }

  /**
   * Registers the handler of an operation.
   *
   * @param operationId the id in the description, such as {@code inquiries.approve}
   * @throws IllegalArgumentException if the description does not have it
   * @throws IllegalStateException if it has a handler
   */
  public void on(String operationId, OperationHandler handler) {
    Operation operation = description.operation(operationId);
    if (handlers.putIfAbsent(operation.id(), handler) != null) {
      throw new IllegalStateException(operationId + " has a handler");
    }
  }

  /**
   * Registers what happens to new objects of a family, instead of the default: the object is added,
   * and the event {@code FAMILY.created} recorded if there is one.
   */
  public void onCreate(String family, Creation creation) {
    if (creations.putIfAbsent(family, creation) != null) {
      throw new IllegalStateException(family + " has a creation");
    }
  }

  /** Returns what creates objects from the description. */
  public Drafts drafts() {
    return drafts;
  }

  /** Returns what creates the pages of lists. */
  public Pages pages() {
    return pages;
  }

  /** Stores a new object as its family wants it, and returns it as stored. */
  public StoredObject create(StoredObject draft, OperationCall call) {
    Creation creation = creations.get(draft.family());
    if (creation != null) {
      return creation.create(draft, call);
    }
    store.add(draft);
    record(draft, "created");
    return draft;
  }

  /** Records the event {@code FAMILY.ACTION} of an object, if the description has it. */
  void record(StoredObject object, String action) {
    record(object, action, LoggedEvent.NO_CONTEXT);
  }

  /** Records the event {@code FAMILY.ACTION} with a context, if the description has it. */
  void record(StoredObject object, String action, JsonObject context) {
    String name = object.family() + '.' + action;
    if (EventNames.contains(name)) {
      events.record(name, object, context);
    }
  }

  /** Stores a changed copy of an object, updated now, and returns it. */
  StoredObject change(StoredObject object, UnaryOperator<StoredObject> change) {
    return store.update(object.id(), former -> drafts.touched(change.apply(former)));
  }

  /** Stores an object as updated now, otherwise unchanged, and returns it. */
  StoredObject touch(StoredObject object) {
    return change(object, UnaryOperator.identity());
  }

  /** Sets the attributes of a request, records the events, and returns the object as stored. */
  public StoredObject update(StoredObject object, JsonObject attributes) {
    return generic.update(object, attributes);
  }

  /** Stores a new account with these attributes, of the type that they name or of the usual one. */
  public StoredObject createAccount(JsonObject attributes, OperationCall call) {
    return create(accounts.withType(drafts.empty("account"), attributes), call);
  }

  /**
   * Returns how an operation is supported, in a few words for the documentation; null if it is not.
   */
  public @Nullable String support(Operation operation) {
    String id = operation.id();
    if (handlers.containsKey(id)) {
      return "own behavior";
    }
    if (generic.handler(operation) == null) {
      return null;
    }
    return switch (operation.method()) {
      case "GET" -> operation.path().endsWith("}") ? "retrieves" : "lists";
      case "POST" ->
          creations.containsKey(StoredObject.family(operation.dataTypes().iterator().next()))
              ? "creates, with states"
              : "creates";
      case "PATCH" -> "updates";
      default -> operation.name().startsWith("archive") ? "archives" : "redacts";
    };
  }

  private @Nullable OperationHandler handler(Operation operation) {
    OperationHandler own = handlers.get(operation.id());
    return own == null ? generic.handler(operation) : own;
  }

  /**
   * Executes the operation of a request.
   *
   * @throws ApiFailure if the request is refused
   */
  public FakeResponse execute(ApiRequest request) {
    ApiDescription.Match match = match(request);
    if (match == null) {
      throw ApiFailure.notFound();
    }
    Operation operation = match.operation();
    OperationHandler handler = handler(operation);
    if (handler == null) {
      throw ApiFailure.of(
          501, "Not supported", "FakePersona does not support " + operation.id() + " yet.");
    }
    Inflection inflection = inflection(request.header("Key-Inflection"));
    Query query = Query.parse(request.rawQuery());
    ParameterCheck.check(operation, query);
    List<List<String>> include = inclusion.paths(operation, query);
    OperationCall call =
        new OperationCall(
            operation,
            match.pathParameters(),
            request,
            query,
            BodyReader.read(operation, request),
            store);
    Supplier<FakeResponse> execution =
        () -> response(operation, handler.handle(call), include, query, inflection);
    return operation.method().equals("GET") ? execution.get() : store.write(execution);
  }

  private ApiDescription.@Nullable Match match(ApiRequest request) {
    for (String base : BASE_PATHS) {
      if (request.path().startsWith(base + '/')) {
        ApiDescription.Match match =
            description.match(request.method(), request.path().substring(base.length()));
        return match != null && match.operation().basePath().equals(base) ? match : null;
      }
    }
    return null;
  }

  private static Inflection inflection(@Nullable String header) {
    Inflection inflection = header == null ? Inflection.KEBAB : Inflection.named(header);
    if (inflection == null) {
      throw ApiFailure.badRequest("Key-Inflection must be kebab, camel or snake.");
    }
    return inflection;
  }

  private FakeResponse response(
      Operation operation,
      OperationResult result,
      @Nullable List<List<String>> include,
      Query query,
      Inflection inflection) {
    int status = Objects.requireNonNullElse(result.status(), operation.status());
    byte[] bytes = result.bytes();
    if (bytes != null) {
      return FakeResponse.of(status, Objects.requireNonNull(result.contentType()), bytes);
    }
    StoredObject object = result.object();
    JsonObject document = result.document();
    if (object != null) {
      document = new JsonObject();
      document.add("data", object.json());
      if (include != null) {
        document.add("included", inclusion.included(object, include));
      }
    }
    if (document == null) {
      return FakeResponse.empty(status);
    }
    if (result.meta().size() > 0) {
      document.add("meta", result.meta());
    }
    limitAttributes(document, query.sparseFields());
    return FakeResponse.json(status, inflection.apply(document));
  }

  private static void limitAttributes(JsonObject document, Map<String, Set<String>> sparseFields) {
    if (sparseFields.isEmpty()) {
      return;
    }
    for (String member : List.of("data", "included")) {
      if (document.get(member) instanceof JsonObject resource) {
        limitAttributesOf(resource, sparseFields);
      } else if (document.get(member) instanceof JsonArray resources) {
        resources.forEach(resource -> limitAttributesOf(resource.getAsJsonObject(), sparseFields));
      }
    }
  }

  /** A set for a family, such as report, is for all of its types. */
  private static void limitAttributesOf(
      JsonObject resource, Map<String, Set<String>> sparseFields) {
    String type = resource.get("type").getAsString();
    Set<String> wanted =
        sparseFields.getOrDefault(type, sparseFields.get(StoredObject.family(type)));
    if (wanted != null && resource.get("attributes") instanceof JsonObject attributes) {
      attributes.keySet().retainAll(wanted);
    }
  }
}
