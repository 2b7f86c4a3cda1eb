package io.github.persona4j.internal.call;

import io.github.persona4j.internal.http.Callbacks;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import kotlin.jvm.JvmClassMappingKt;
import kotlin.jvm.functions.Function0;
import kotlin.reflect.KClass;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.EventListener;
import okhttp3.Request;
import okhttp3.Response;
import okio.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * One call of the API, whose attempts are OkHttp calls. It can be made once, blocking or enqueued.
 */
final class RetryingCall implements Call, Lifecycle.OpenCall {
  /** Creates the steps of a call. */
  @FunctionalInterface
  interface Steps {
    CallSteps of(Lifecycle.OpenCall call);
  }

  private final Call.Factory factory;
  private final Request original;
  private final Request request;
  private final CallSteps steps;
  private final CompletionExecutor completions;
  private final Timeout timeout = new Timeout();
  private final AtomicBoolean executed = new AtomicBoolean();
  private volatile @Nullable AsyncDriver driver;

  /**
   * Creates a call.
   *
   * @param factory creates a clone of the call
   * @param original the request as Retrofit created it
   * @param request the request with the headers and tags of all attempts
   * @param callTimeout the timeout of the whole call, or null for the default
   */
  RetryingCall(
      Call.Factory factory,
      Request original,
      Request request,
      Steps steps,
      CompletionExecutor completions,
      @Nullable Duration callTimeout) {
    this.factory = factory;
    this.original = original;
    this.request = request;
    this.steps = steps.of(this);
    this.completions = completions;
    if (callTimeout != null) {
      timeout.timeout(callTimeout.toNanos(), TimeUnit.NANOSECONDS);
    }
  }

  @Override
  public Request request() {
    return request;
  }

  @Override
  public Response execute() throws IOException {
    markExecuted();
    return new BlockingDriver(steps).execute(timeout.timeoutNanos());
  }

  @Override
  public void enqueue(Callback callback) {
    markExecuted();
    AsyncDriver started = new AsyncDriver(steps, this, callback, completions);
    driver = started;
    started.enqueue(timeout.timeoutNanos());
  }

  private void markExecuted() {
    if (!executed.compareAndSet(false, true)) {
      throw new IllegalStateException("A call can be made once; clone it to make it again");
    }
  }

  @Override
  public void cancel() {
    steps.cancel();
  }

  /** Ends the call at once. Reading a streamed body fails. */
  @Override
  public void clientClosed() {
    // An exception of an event listener must not prevent the end of this call and others.
    Callbacks.invoke(CallSteps::cancel, steps);
    AsyncDriver started = driver;
    if (started != null) {
      started.clientClosed();
    }
  }

  @Override
  public boolean isExecuted() {
    return executed.get();
  }

  @Override
  public boolean isCanceled() {
    return steps.state().isCancelled();
  }

  @Override
  public Timeout timeout() {
    return timeout;
  }

  @Override
  @SuppressWarnings("MethodDoesntCallSuperMethod")
  public Call clone() {
    return factory.newCall(original);
  }

  // The following methods exist since OkHttp 5. Without @Override they compile with OkHttp 4 too.

  @SuppressWarnings("MissingOverride")
  public void addEventListener(EventListener listener) {
    throw new UnsupportedOperationException("set an event listener of the OkHttpClient");
  }

  @SuppressWarnings("MissingOverride")
  public <T> @Nullable T tag(KClass<T> type) {
    return request.tag(JvmClassMappingKt.getJavaClass(type));
  }

  @SuppressWarnings("MissingOverride")
  public <T> @Nullable T tag(Class<? extends T> type) {
    return request.tag(type);
  }

  @SuppressWarnings("MissingOverride")
  public <T> T tag(KClass<T> type, Function0<? extends T> compute) {
    return tag(JvmClassMappingKt.getJavaClass(type), compute);
  }

  @SuppressWarnings("MissingOverride")
  public <T> T tag(Class<T> type, Function0<? extends T> compute) {
    T known = request.tag(type);
    return known == null ? compute.invoke() : known;
  }
}
