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
import okhttp3.EventListener;
import okhttp3.Headers;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Buffer;
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

  // In the words of OkHttp, which exceptions go by.
  private static final String CANCELED = "Canceled";
  private static final String INTERRUPTED = "interrupted";

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
  private volatile @Nullable Callback callback;

  // Of the running call; attempts follow one another, so one thread at a time is here.
  private Request next;
  private int attempts;
  private int uncounted; // attempts that a fault of their connection cost
  private int stale; // connections that had died before
  private boolean foreign;
  private boolean surplus;
  private boolean unpooled;
  private RatePacer.@Nullable Permit permit;
  private long waited;
  private long deadline;
  private boolean limited;
  private boolean enqueued;

  // Also read by whoever reads the body.
  private volatile boolean streaming;
  private volatile boolean over;

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
    checkFirst();
    try {
      begin();
      while (true) {
        Response answer = null;
        IOException failure = null;
        try {
          takeTurn();
          answer = newAttempt().execute();
          answer = readAhead(answer);
        } catch (Throwable e) { // from Kotlin also what is not declared
          failure = CallFault.of(e);
        }
        RetryDecision.Repeat repeat;
        try {
          repeat = settle(answer, failure);
        } catch (Throwable e) {
          close(answer);
          throw e;
        }
        if (repeat == null) {
          return result(answer, failure);
        }
        close(answer);
        long since = home.shared.time().nanos();
        try {
          await(pauseFor(repeat));
        } finally {
          waitedSince(since);
        }
      }
    } catch (CallFault e) {
      throw e.unwrapped();
    } finally {
      over();
    }
  }

  @Override
  public void enqueue(Callback callback) {
    checkFirst();
    enqueued = true;
    this.callback = callback;
    step(
        callback,
        () -> {
          begin();
          if (limited) {
            // OkHttp holds attempts back while many others run, and its limits do not count that.
            CompletableFuture<@Nullable Void> bell = home.shared.time().alarm(left());
            alarm = bell;
            CompletableFuture<Void> unused = bell.thenRun(() -> deadlinePassed(callback));
          }
          waitAndSend(callback);
        });
  }

  /**
   * Does one thing for an enqueued call. Whatever is thrown ends the call: nobody else hears it.
   */
  private void step(Callback callback, Step step) {
    try {
      step.run();
    } catch (Throwable e) {
      release(null);
      fail(callback, CallFault.of(e));
    }
  }

  @FunctionalInterface
  private interface Step {
    void run() throws IOException;
  }

  private void deadlinePassed(Callback callback) {
    if (isFirstEnd()) {
      Listeners.tell(RepeatingCall::cancel, this);
      tell(callback, timedOut());
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
  private void waitAndSend(Callback callback) throws IOException {
    record.left = false;
    long since = home.shared.time().nanos();
    CompletableFuture<RatePacer.@Nullable Permit> turn = turn();
    if (turn == null) {
      send(callback);
      return;
    }
    watch(turn);
    CompletableFuture<RatePacer.@Nullable Permit> unused =
        turn.whenComplete(
            (granted, failure) ->
                step(
                    callback,
                    () -> {
                      endTurn(granted, since);
                      send(callback);
                    }));
  }

  private void send(Callback callback) throws IOException {
    newAttempt().enqueue(attemptCallback(callback));
  }

  private Callback attemptCallback(Callback callback) {
    return new Callback() {
      @Override
      public void onResponse(Call call, Response answer) {
        Response received;
        try {
          received = readAhead(answer);
        } catch (Throwable e) {
          goOn(callback, answer, CallFault.of(e));
          return;
        }
        goOn(callback, received, null);
      }

      @Override
      public void onFailure(Call call, IOException failure) {
        goOn(callback, null, CallFault.within(failure));
      }
    };
  }

  private void goOn(Callback callback, @Nullable Response answer, @Nullable IOException failure) {
    boolean again;
    try {
      again = sendAgain(callback, answer, failure);
    } catch (Throwable e) {
      close(answer);
      fail(callback, CallFault.of(e));
      return;
    }
    if (again) {
      return;
    }
    if (!isFirstEnd()) {
      close(answer);
      return;
    }
    try {
      Response result = result(answer, failure);
      over();
      callback.onResponse(this, result);
    } catch (IOException e) {
      callback.onFailure(this, e);
    } catch (Throwable e) {
      // Retrofit lets some errors out when it decodes; whoever waits would never hear of them.
      close(answer);
      callback.onFailure(this, new CallFault(e));
    } finally {
      over();
    }
  }

  private boolean sendAgain(
      Callback callback, @Nullable Response answer, @Nullable IOException failure) {
    RetryDecision.Repeat repeat = settle(answer, failure);
    if (repeat == null) {
      return false;
    }
    close(answer);
    long since = home.shared.time().nanos();
    // Nobody waits for this: what it leads to reaches the callback.
    CompletableFuture<Void> unused =
        pauseFor(repeat)
            .whenComplete(
                (nothing, broken) ->
                    step(
                        callback,
                        () -> {
                          waitedSince(since);
                          waitAndSend(callback);
                        }));
    return true;
  }

  // The thread may be that of a timer or of another call, and a callback may take its time.
  private void fail(Callback callback, IOException failure) {
    if (isFirstEnd()) {
      tell(callback, failure);
    }
  }

  private void tell(Callback callback, IOException failure) {
    home.lifecycle.end(this);
    home.shared.transport().handOver(() -> callback.onFailure(this, failure));
  }

  /** Ends the call at once, wherever it is; a body that is being read breaks off. */
  void clientClosed() {
    // What a listener of OkHttp's events throws must not keep this call and others running.
    Listeners.tell(RepeatingCall::cancel, this);
    Callback waiting = callback;
    if (waiting != null) {
      fail(waiting, new InterruptedIOException(Lifecycle.CLOSED));
    }
  }

  /** The response is handed out, and its body too if that is a stream. */
  private void over() {
    over = true;
    if (!streaming) {
      home.lifecycle.end(this);
    }
  }

  /** The body that is read as a stream has ended. */
  void bodyEnded() {
    streaming = false;
    if (over) {
      home.lifecycle.end(this);
    }
  }

  /** What to throw in place of a failure to read the body: a stopped call breaks in many ways. */
  IOException told(IOException failure) {
    String reason = stopReason(failure);
    if (reason == null && Thread.currentThread().isInterrupted()) {
      reason = INTERRUPTED; // whoever reads a stream is no thread of ours
    }
    return stopped(failure, reason);
  }

  private void checkFirst() {
    if (!executed.compareAndSet(false, true)) {
      throw new IllegalStateException("A call can be made once; clone it for another");
    }
  }

  private void begin() {
    long whole = timeout.timeoutNanos();
    if (whole == 0) {
      whole = TimeUnit.MILLISECONDS.toNanos(home.shared.transport().callTimeoutMillis());
    }
    limited = whole > 0;
    deadline = home.shared.time().nanos() + whole;
    home.lifecycle.begin(this);
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
    String reason = stopReason(null);
    if (reason != null) {
      throw new InterruptedIOException(reason);
    }
    if (left() <= 0) {
      throw timedOut();
    }
  }

  /** Why the call must not go on; null when it may. */
  private @Nullable String stopReason(@Nullable IOException failure) {
    if (home.lifecycle.isClosed()) {
      return Lifecycle.CLOSED;
    }
    if (cancelled || wasCancelled(failure)) {
      return CANCELED;
    }
    // A virtual thread that is interrupted meets a broken connection, another one a time-out. One
    // that somebody else's pool lends to an enqueued call is not the caller's.
    return !enqueued && Thread.currentThread().isInterrupted() ? INTERRUPTED : null;
  }

  // By the dispatcher of an own client for OkHttp, say. A time limit also cancels, and says so.
  private boolean wasCancelled(@Nullable IOException failure) {
    Call failed = attempt;
    return failure != null
        && failed != null
        && failed.isCanceled()
        && !(failure instanceof InterruptedIOException || failure instanceof CallFault);
  }

  private static IOException stopped(IOException failure, @Nullable String reason) {
    if (reason == null || failure instanceof CallFault || reason.equals(failure.getMessage())) {
      return failure;
    }
    InterruptedIOException stopped = new InterruptedIOException(reason);
    stopped.initCause(failure);
    return stopped;
  }

  private static InterruptedIOException timedOut() {
    return new InterruptedIOException("timeout");
  }

  private Response readAhead(Response answer) throws IOException {
    if (!answer.isSuccessful()) {
      return answer;
    }
    FileRequest file = request.tag(FileRequest.class);
    if (file != null || !Outcome.isJson(request)) {
      Response open = answer.newBuilder().body(stream(answer.body(), false)).build();
      if (file != null) {
        file.receive(open);
      }
      return open;
    }
    DecodedBody.checkEncoding(answer);
    BodyDeadline deadline = BodyDeadline.of(answer.body(), home.shared.time());
    boolean longer = receive(answer, READ_AHEAD, deadline);
    if (record.reused != null) {
      longer = checkResource(answer, longer, deadline);
    }
    return longer
        ? answer.newBuilder().body(DeadlineBody.of(stream(answer.body(), true), deadline)).build()
        : whole(answer);
  }

  /** The response with nothing but its bytes, so that what an interceptor made of it ends here. */
  private static Response whole(Response answer) throws IOException {
    Buffer bytes = new Buffer();
    MediaType type = answer.body().contentType();
    try (ResponseBody body = answer.body()) {
      body.source().readAll(bytes);
    }
    return answer.newBuilder().body(ResponseBody.create(bytes, type, bytes.size())).build();
  }

  /** Receives so much of a body, where decoding reads from; whether it has that much. */
  private static boolean receive(Response answer, long bytes, BodyDeadline deadline)
      throws IOException {
    try {
      return answer.body().source().request(bytes); // fills a buffer; nothing is copied
    } catch (InterruptedIOException e) {
      throw deadline.tell(e);
    } catch (IOException e) {
      throw DecodedBody.told(e);
    }
  }

  /**
   * Over a connection of HTTP/1.1 that served others before, a response may be one of theirs.
   * Receives as much of the body as it takes to tell.
   *
   * @param longer whether the body is longer than what is received ahead
   * @return whether it is longer than what was received
   */
  private boolean checkResource(Response answer, boolean longer, BodyDeadline deadline)
      throws IOException {
    Buffer received = answer.body().source().getBuffer();
    boolean more = longer;
    ReturnedResource.Match match = ReturnedResource.compare(request, received, !more);
    while (match == ReturnedResource.Match.UNDECIDED
        && received.size() < home.shared.jsonLimits().maxResponseBytes()) {
      more = receive(answer, 2 * received.size(), deadline);
      match = ReturnedResource.compare(request, received, !more);
    }
    if (match == ReturnedResource.Match.NO) {
      PooledConnections.close(record.reused);
      record.answer = null;
      throw new ForeignResponseException("the response holds another resource than its path names");
    }
    return more;
  }

  private ResponseBody stream(ResponseBody body, boolean decoded) {
    streaming = true;
    return CallBody.of(body, this, decoded);
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
    if (stopReason(failure) != null) {
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
    if (failure instanceof SurplusBytesException && !surplus) {
      // Nothing was sent. An attempt with a redirect meets the bytes again on each new connection,
      // so this is free only once.
      surplus = true;
      uncounted++;
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
      if (failure instanceof CallFault) {
        abandon();
      }
      // A connection that was closed under a call breaks in many ways.
      throw stopped(failure, stopReason(failure));
    }
    if (answer == null) {
      throw new IOException("there is no answer");
    }
    return answer;
  }

  private void close(@Nullable Response answer) {
    streaming = false;
    try {
      if (answer != null) {
        answer.close();
      }
    } catch (Throwable e) {
      record.closeNetworkResponse(); // what an interceptor made of it does not close
    }
  }

  private CompletableFuture<@Nullable Void> pauseFor(RetryDecision.Repeat repeat) {
    CompletableFuture<@Nullable Void> begun = home.shared.time().pause(repeat.waitNanos());
    watch(begun);
    return begun;
  }

  // What was thrown in the middle of things may have kept OkHttp from freeing the connection.
  private void abandon() {
    Call failed = attempt;
    if (failed != null) {
      Listeners.tell(Call::cancel, failed);
    }
  }

  /** Counts a wait that is over, which may have ended early. */
  private void waitedSince(long since) {
    waited += home.shared.time().nanos() - since;
    record.waitedNanos = waited;
  }

  /** Lets {@link #cancel} and the end of the client end this wait. */
  private void watch(CompletableFuture<?> begun) {
    pause = begun;
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
      throw new InterruptedIOException(INTERRUPTED);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void cancel() {
    cancelled = true;
    end(pause);
    Call running = attempt;
    if (running != null) {
      running.cancel();
    }
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
