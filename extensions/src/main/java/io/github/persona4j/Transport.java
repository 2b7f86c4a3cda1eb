package io.github.persona4j;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import javax.net.SocketFactory;
import okhttp3.Call;
import okhttp3.Connection;
import okhttp3.ConnectionPool;
import okhttp3.Dispatcher;
import okhttp3.EventListener;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * What sends the requests of a client: OkHttp, with its threads and connections. Thread-safe.
 *
 * <p>Setting up TLS takes a third of the time to a program's first answer. Where it has to be done,
 * it is done on a thread of its own while the caller goes on; the first request waits for it.
 */
final class Transport {
  /** How many threads may run what depends on futures. */
  static final int MOST_CONTINUATIONS = 256;

  /** How many threads may complete futures or run callbacks, beside those of the calls. */
  private static final int MOST_COMPLETIONS = 64;

  private final FutureTask<OkHttpClient> http;
  private final Dispatcher dispatcher;
  private final ConnectionPool connections;
  private final boolean owned;
  private final int callTimeoutMillis;
  private final ExecutorService threads;
  private final BoundedExecutor completions;
  private final Executor continuations;
  private volatile @Nullable OkHttpClient unpooled;

  private Transport(
      OkHttpClient.Builder builder,
      Dispatcher dispatcher,
      ConnectionPool connections,
      boolean owned,
      int callTimeoutMillis,
      ExecutorService threads,
      @Nullable Executor continuations) {
    this.http = new FutureTask<>(new Making(builder));
    this.dispatcher = dispatcher;
    this.connections = connections;
    this.owned = owned;
    this.callTimeoutMillis = callTimeoutMillis;
    this.threads = threads;
    this.completions = new BoundedExecutor(threads, MOST_COMPLETIONS);
    this.continuations =
        continuations == null ? new BoundedExecutor(threads, MOST_CONTINUATIONS) : continuations;
  }

  // A lambda would take longer before the first call.
  private record Making(OkHttpClient.Builder builder) implements Callable<OkHttpClient> {
    @Override
    public OkHttpClient call() {
      return builder.build();
    }
  }

  /**
   * Connections that were in use when the client was closed, such as that of a body which is still
   * read: nobody else would close them once they are free.
   */
  private static final class Latecomers extends EventListener {
    private final Dispatcher dispatcher;
    private final ConnectionPool connections;

    Latecomers(Dispatcher dispatcher, ConnectionPool connections) {
      this.dispatcher = dispatcher;
      this.connections = connections;
    }

    @Override
    public void connectionReleased(Call call, Connection connection) {
      if (dispatcher.executorService().isShutdown()) {
        connections.evictAll();
      }
    }
  }

  /**
   * Of threads and connections that end with the client.
   *
   * @param continuations runs what depends on futures; null for the default
   */
  static Transport owned(
      OkHttpClient.Builder builder,
      Dispatcher dispatcher,
      ConnectionPool connections,
      @Nullable Executor continuations) {
    builder.dispatcher(dispatcher).connectionPool(connections);
    builder.eventListener(new Latecomers(dispatcher, connections));
    builder.socketFactory(WatchedSocket.Factory.INSTANCE);
    Transport transport =
        new Transport(
            builder, dispatcher, connections, true, 0, dispatcher.executorService(), continuations);
    new DaemonThreads().newThread(transport.http).start();
    return transport;
  }

  /**
   * Over the threads and connections of another client for OkHttp, which go on without this one.
   *
   * @param builder made from {@code of}
   * @param continuations runs what depends on futures; null for the default
   */
  static Transport sharing(
      OkHttpClient of, OkHttpClient.Builder builder, @Nullable Executor continuations) {
    // The limit is for the whole call; an attempt gets what is left of it.
    builder.callTimeout(Duration.ZERO);
    builder.dns(new PooledConnections.OwnDns(of.dns()));
    if (of.socketFactory() == SocketFactory.getDefault()) {
      builder.socketFactory(WatchedSocket.Factory.INSTANCE);
    }
    Transport transport =
        new Transport(
            builder,
            of.dispatcher(),
            of.connectionPool(),
            false,
            of.callTimeoutMillis(),
            DaemonThreads.pool(),
            continuations);
    transport.http.run(); // its TLS is there
    return transport;
  }

  /**
   * Sends single attempts; has no limit of its own for a whole call.
   *
   * @throws IllegalStateException if TLS cannot be set up on this machine
   */
  OkHttpClient http() {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return http.get();
        } catch (InterruptedException e) {
          interrupted = true; // soon over, and the request itself will see it
        } catch (ExecutionException e) {
          throw new IllegalStateException("OkHttp cannot be set up on this machine", e.getCause());
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** As {@link #http()}, but makes a connection for each attempt and closes it behind it. */
  OkHttpClient unpooled() {
    OkHttpClient made = unpooled;
    if (made == null) {
      ConnectionPool none = new ConnectionPool(0, 1, TimeUnit.NANOSECONDS);
      made = http().newBuilder().connectionPool(none).build();
      unpooled = made;
    }
    return made;
  }

  /** The limit of a whole call where options name none, in milliseconds; 0 for none. */
  int callTimeoutMillis() {
    return callTimeoutMillis;
  }

  /** Closes the connections that are not in use. */
  void evictIdle() {
    connections.evictAll();
  }

  /** Runs what depends on the futures of calls, which may block. */
  Executor continuations() {
    return continuations;
  }

  /**
   * Tells whoever waits for an enqueued call how it ended, on a thread that is not needed for other
   * calls.
   */
  void handOver(Runnable completion) {
    try {
      if (!completions.tryExecute(completion)) {
        ForkJoinPool.commonPool().execute(completion);
      }
    } catch (Throwable e) {
      completion.run(); // the machine has no thread left
    }
  }

  /**
   * Completes a future. That needs no thread but the present one when all others are taken: they
   * may wait for this very future.
   */
  void complete(Runnable completion) {
    boolean started = false;
    try {
      started = completions.tryExecute(completion);
    } catch (Throwable e) {
      // The machine has no thread left; a future can be completed twice.
    }
    if (!started) {
      completion.run();
    }
  }

  /** Lets threads and connections go, if they are the client's own; running calls are stopped. */
  void close() {
    threads.shutdown();
    if (owned) {
      dispatcher.cancelAll();
      connections.evictAll();
    }
  }
}
