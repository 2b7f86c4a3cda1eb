package io.github.persona4j;

import io.github.persona4j.file.FileRequest;
import io.github.persona4j.request.RequestOptions;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import kotlin.jvm.JvmClassMappingKt;
import kotlin.jvm.functions.Function0;
import kotlin.reflect.KClass;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.Connection;
import okhttp3.EventListener;
import okhttp3.Headers;
import okhttp3.Request;
import okhttp3.Response;
import okio.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * One call of the API with all its attempts, each of which is a call of OkHttp. When it is run on
 * the caller's thread it waits there; when it is enqueued no thread waits between the attempts.
 *
 * <p>An answer that will be decoded at once is received before it counts as a success, so that a
 * connection which breaks within the body is one more failure that can be repeated; so is a file
 * that is to be stored.
 */
final class RepeatingCall implements Call {
  /** So much of a body is received before the call counts as done; the rest is streamed. */
  private static final long READ_AHEAD = 1024L * 1024;

  private final RepeatingCallFactory home;
  private final Request original;
  private final Request request;
  private final RetryDecision.Kind kind;
  private final @Nullable RatePacer pacer;
  private final CallRecord record;
  private final int maxRetries;
  private final Timeout timeout = new Timeout();
  private final AtomicBoolean executed = new AtomicBoolean();
  private final AtomicBoolean ended = new AtomicBoolean();

  private volatile boolean cancelled;
  private volatile @Nullable Call attempt;
  private volatile @Nullable CompletableFuture<?> pause;
  private volatile @Nullable CompletableFuture<?> alarm;

  // Of the running call; attempts follow one another, so one thread at a time is here.
  private Request next;
  private int attempts;
  private int uncounted; // attempts that a fault of their connection cost
  private int stale; // connections that had died before
  private boolean foreign;
  private boolean unpooled;
  private RatePacer.@Nullable Permit permit;
  private long waited;
  private long deadline;
  private boolean limited;
  private boolean enqueued;

  RepeatingCall(
      RepeatingCallFactory home,
      Request original,
      Request request,
      RequestOptions options,
      CallRecord record,
      RetryDecision.Kind kind,
      @Nullable RatePacer pacer) {
    this.home = home;
    this.original = original;
    this.request = request;
    this.kind = kind;
    this.pacer = pacer;
    this.next = request;
    this.record = record;
    Integer retries = options.maxRetries();
    this.maxRetries = retries == null ? home.policy.maxRetries() : retries;
    Duration whole = options.callTimeout();
    if (whole != null) {
      timeout.timeout(whole.toNanos(), TimeUnit.NANOSECONDS);
    }
  }

  @Override
  public Request request() {
    return request;
  }

  @Override
  public Response execute() throws IOException {
    begin();
    while (true) {
      Response answer = null;
      IOException failure = null;
      try {
        takeTurn();
        answer = newAttempt().execute();
        answer = readAhead(answer);
      } catch (IOException e) {
        failure = e;
      } catch (RuntimeException | Error e) {
        release(null);
        close(answer);
        throw e;
      }
      RetryDecision.Repeat repeat = settle(answer, failure);
      if (repeat == null) {
        try {
          return result(answer, failure);
        } catch (CallFault e) {
          throw e.unwrapped();
        }
      }
      close(answer);
      long since = home.shared.time().nanos();
      try {
        await(pauseFor(repeat));
      } finally {
        waitedSince(since);
      }
    }
  }

  @Override
  public void enqueue(Callback callback) {
    enqueued = true;
    begin();
    if (limited) {
      // OkHttp holds attempts back while many others run, and its limits do not count that.
      CompletableFuture<@Nullable Void> bell = home.shared.time().alarm(left());
      alarm = bell;
      CompletableFuture<Void> unused = bell.thenRun(() -> deadlinePassed(callback));
    }
    waitAndSend(callback);
  }

  private void deadlinePassed(Callback callback) {
    if (isFirstEnd()) {
      cancel();
      home.shared.transport().handOver(() -> callback.onFailure(this, timedOut()));
    }
  }

  /** Whether an enqueued call ends here, and not by its deadline or has ended already. */
  private boolean isFirstEnd() {
    if (!ended.compareAndSet(false, true)) {
      return false;
    }
    end(alarm);
    return true;
  }

  /** Runs on any thread, so nothing in here blocks, and the callback is told elsewhere. */
  private void waitAndSend(Callback callback) {
    record.left = false;
    long since = home.shared.time().nanos();
    CompletableFuture<RatePacer.@Nullable Permit> turn = turn();
    if (turn == null) {
      send(callback);
      return;
    }
    watch(turn);
    CompletableFuture<Void> unused =
        turn.thenAccept(
            granted -> {
              try {
                endTurn(granted, since);
              } catch (IOException e) {
                fail(callback, e);
                return;
              }
              send(callback);
            });
  }

  private void send(Callback callback) {
    try {
      newAttempt().enqueue(attemptCallback(callback));
    } catch (IOException e) {
      release(null);
      fail(callback, e);
    } catch (RuntimeException | Error e) {
      // Such as that of a listener of an own client for OkHttp, or of a machine without threads.
      release(null);
      fail(callback, new CallFault(e));
    }
  }

  private Callback attemptCallback(Callback callback) {
    return new Callback() {
      @Override
      public void onResponse(Call call, Response answer) {
        Response received;
        try {
          received = readAhead(answer);
        } catch (IOException e) {
          goOn(callback, answer, e);
          return;
        } catch (RuntimeException | Error e) {
          goOn(callback, answer, new CallFault(e));
          return;
        }
        goOn(callback, received, null);
      }

      @Override
      public void onFailure(Call call, IOException failure) {
        goOn(callback, null, failure);
      }
    };
  }

  private void goOn(Callback callback, @Nullable Response answer, @Nullable IOException failure) {
    RetryDecision.Repeat repeat;
    try {
      repeat = settle(answer, failure);
    } catch (RuntimeException | Error e) {
      // Nobody else would tell whoever waits.
      close(answer);
      fail(callback, new CallFault(e));
      return;
    }
    if (repeat != null) {
      close(answer);
      long since = home.shared.time().nanos();
      // Nobody waits for this: what it leads to reaches the callback.
      CompletableFuture<Void> unused =
          pauseFor(repeat)
              .thenRun(
                  () -> {
                    waitedSince(since);
                    waitAndSend(callback);
                  });
      return;
    }
    if (!isFirstEnd()) {
      close(answer);
      return;
    }
    try {
      callback.onResponse(this, result(answer, failure));
    } catch (IOException e) {
      callback.onFailure(this, e);
    } catch (RuntimeException | Error e) {
      // Retrofit lets some errors out when it decodes; whoever waits would never hear of them.
      close(answer);
      callback.onFailure(this, new CallFault(e));
    }
  }

  // The thread may be that of a timer or of another call, and a callback may take its time.
  private void fail(Callback callback, IOException failure) {
    if (isFirstEnd()) {
      home.shared.transport().handOver(() -> callback.onFailure(this, failure));
    }
  }

  private void begin() {
    if (!executed.compareAndSet(false, true)) {
      throw new IllegalStateException("A call can be made once; clone it for another");
    }
    long whole = timeout.timeoutNanos();
    if (whole == 0) {
      whole = TimeUnit.MILLISECONDS.toNanos(home.shared.transport().callTimeoutMillis());
    }
    WatchdogRest.INSTANCE.want();
    limited = whole > 0;
    deadline = home.shared.time().nanos() + whole;
  }

  private long left() {
    return limited ? deadline - home.shared.time().nanos() : Long.MAX_VALUE;
  }

  /** The turn to wait for, or null where there is nothing to wait for. */
  private @Nullable CompletableFuture<RatePacer.@Nullable Permit> turn() {
    if (pacer == null || cancelled) {
      return null;
    }
    CompletableFuture<RatePacer.@Nullable Permit> turn = pacer.acquire(Math.max(0, left()));
    RatePacer.Permit granted = turn.getNow(null);
    if (granted == null || !granted.atOnce()) {
      return turn;
    }
    permit = granted;
    return null;
  }

  private void takeTurn() throws IOException {
    record.left = false;
    long since = home.shared.time().nanos();
    CompletableFuture<RatePacer.@Nullable Permit> turn = turn();
    if (turn != null) {
      watch(turn);
      try {
        await(turn);
      } catch (InterruptedIOException e) {
        waitedSince(since);
        // It may have been granted in the last moment.
        permit = turn.getNow(null);
        throw e;
      }
      endTurn(turn.join(), since);
    }
  }

  /** What comes of a wait for a turn, which is also over when the call was cancelled. */
  private void endTurn(RatePacer.@Nullable Permit granted, long since) throws IOException {
    waitedSince(since);
    RatePacer limits = pacer;
    if (limits == null) {
      return;
    }
    if (granted == null) {
      checkGoingOn();
    }
    permit = granted == null ? limits.withoutTurn() : granted;
  }

  /** Tells the pacer that the attempt is over. */
  private void release(@Nullable Headers headers) {
    RatePacer limits = pacer;
    RatePacer.Permit over = permit;
    if (limits != null && over != null) {
      permit = null;
      limits.release(over, headers, record.left);
    }
  }

  private Call newAttempt() throws IOException {
    checkGoingOn();
    Transport transport = home.shared.transport();
    Call call = (unpooled ? transport.unpooled() : transport.http()).newCall(next);
    if (limited) {
      call.timeout().timeout(Math.max(1, left()), TimeUnit.NANOSECONDS);
    }
    attempts++;
    attempt = call;
    if (cancelled) {
      call.cancel();
    }
    return call;
  }

  private void checkGoingOn() throws InterruptedIOException {
    if (isStopped()) {
      throw stopped();
    }
    if (left() <= 0) {
      throw timedOut();
    }
  }

  private boolean isStopped() {
    return cancelled || home.lifecycle.isClosed() || isInterrupted();
  }

  // A virtual thread that is interrupted meets a broken connection. One that somebody else's pool
  // lends to an enqueued call is not the caller's.
  private boolean isInterrupted() {
    return !enqueued && Thread.currentThread().isInterrupted();
  }

  private InterruptedIOException stopped() {
    return new InterruptedIOException(
        cancelled ? "Canceled" : home.lifecycle.isClosed() ? Lifecycle.CLOSED : "interrupted");
  }

  // In the words of OkHttp, which exceptions go by.
  private static InterruptedIOException timedOut() {
    return new InterruptedIOException("timeout");
  }

  private Response readAhead(Response answer) throws IOException {
    if (!answer.isSuccessful()) {
      return answer;
    }
    FileRequest file = request.tag(FileRequest.class);
    if (file != null) {
      file.receive(answer);
    }
    if (!Outcome.isJson(request)) {
      return answer;
    }
    BodyDeadline deadline = BodyDeadline.of(answer.body(), home.shared.time());
    boolean longer;
    try {
      // Fills the buffer that decoding reads from; nothing is copied.
      longer = answer.body().source().request(READ_AHEAD);
    } catch (InterruptedIOException e) {
      throw deadline.tell(e);
    }
    checkResource(answer);
    return longer
        ? answer.newBuilder().body(BoundedBody.of(answer.body(), deadline)).build()
        : answer;
  }

  /** Over a connection of HTTP/1.1 that served others before, a response may be one of theirs. */
  private void checkResource(Response answer) throws ForeignResponseException {
    Connection reused = record.reused;
    if (reused != null && ReturnedResource.isAnother(request, answer.body().source().getBuffer())) {
      PooledConnections.close(reused);
      record.answer = null;
      throw new ForeignResponseException("the response holds another resource than its path names");
    }
  }

  /** What to do after an attempt; null when this was the last. */
  private RetryDecision.@Nullable Repeat settle(
      @Nullable Response answer, @Nullable IOException failure) {
    boolean foreignAnswer = failure instanceof ForeignResponseException;
    release(answer == null || foreignAnswer ? null : answer.headers());
    if (failure == null && answer != null && answer.isSuccessful()) {
      home.budget.earn();
      return null;
    }
    if (isStopped()) {
      return null;
    }
    RetryDecision.Repeat repeat = next(answer, failure);
    if (repeat == null || repeat.waitNanos() >= left() || (repeat.costs() && !home.budget.take())) {
      return null;
    }
    record.attemptFailed(next, answer, failure);
    if (failure != null) {
      // A server that closed one idle connection closed the others too; each would cost an attempt.
      home.shared.transport().evictIdle();
    }
    if (repeat.freshKey()) {
      next = IdempotencyKey.fresh(next);
      record.rekeyed = next;
    }
    unpooled = repeat.unpooled();
    return repeat;
  }

  private RetryDecision.@Nullable Repeat next(
      @Nullable Response answer, @Nullable IOException failure) {
    RetryDecision decision = home.decision;
    int retries = attempts - 1 - uncounted;
    if (failure instanceof SurplusBytesException) {
      uncounted++; // nothing was sent
      return RetryDecision.Repeat.free(true);
    } else if (failure instanceof ForeignResponseException) {
      RetryDecision.Repeat repeat =
          foreign ? null : RetryDecision.afterForeignResponse(kind, request.method());
      foreign = true;
      uncounted++;
      return repeat;
    } else if (failure != null) {
      stale += record.stale ? 1 : 0;
      return decision.afterFailure(
          kind, retries, maxRetries, failure, record.left, record.stale ? stale : 0);
    } else if (answer == null) {
      return null;
    } else if (record.reused != null && ReusedConnection.isUnrequested(answer)) {
      stale++;
      return decision.afterUnrequestedTimeout(kind, retries, maxRetries, stale);
    }
    return decision.afterAnswer(kind, retries, maxRetries, answer);
  }

  private Response result(@Nullable Response answer, @Nullable IOException failure)
      throws IOException {
    if (failure != null) {
      close(answer);
      // A connection that was closed under a call breaks in many ways.
      if (isStopped()
          && !(failure instanceof InterruptedIOException || failure instanceof CallFault)) {
        InterruptedIOException stopped = stopped();
        stopped.initCause(failure);
        throw stopped;
      }
      throw failure;
    }
    if (answer == null) {
      throw new IOException("there is no answer");
    }
    return answer;
  }

  private static void close(@Nullable Response answer) {
    if (answer != null) {
      answer.close();
    }
  }

  private CompletableFuture<@Nullable Void> pauseFor(RetryDecision.Repeat repeat) {
    CompletableFuture<@Nullable Void> begun = home.shared.time().pause(repeat.waitNanos());
    watch(begun);
    return begun;
  }

  /** Counts a wait that is over, which may have ended early. */
  private void waitedSince(long since) {
    waited += home.shared.time().nanos() - since;
    record.waitedNanos = waited;
  }

  /** Lets {@link #cancel} and the end of the client end this wait. */
  private void watch(CompletableFuture<?> begun) {
    pause = begun;
    home.lifecycle.watch(begun);
    if (cancelled) {
      end(begun);
    }
  }

  private static void end(@Nullable CompletableFuture<?> pause) {
    if (pause != null) {
      pause.complete(null);
    }
  }

  private static void await(CompletableFuture<?> pause) throws InterruptedIOException {
    try {
      Object unused = pause.get();
    } catch (InterruptedException e) {
      end(pause);
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void cancel() {
    cancelled = true;
    Call running = attempt;
    if (running != null) {
      running.cancel();
    }
    end(pause);
  }

  @Override
  public boolean isExecuted() {
    return executed.get();
  }

  @Override
  public boolean isCanceled() {
    return cancelled;
  }

  @Override
  public Timeout timeout() {
    return timeout;
  }

  @Override
  @SuppressWarnings("MethodDoesntCallSuperMethod")
  public Call clone() {
    return home.newCall(original);
  }

  // What follows came with OkHttp 5; without annotations it compiles with OkHttp 4 too.

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
