package io.github.persona4j.internal.call;

import io.github.persona4j.internal.http.Callbacks;
import io.github.persona4j.internal.http.UserCodeException;
import io.github.persona4j.request.RequestOptions;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Tokens that code of the user supplies. Thread-safe. */
public final class SuppliedTokens implements TokenSource {
  private static final int MAX_THREADS = 64;

  private final Supplier<@Nullable String> supplier;
  private final Consumer<String> onRejection;
  private final @Nullable Consumer<String> keyListener;
  private final Executor threads;

  /**
   * Tokens of a supplier.
   *
   * @param onRejection is notified of a token that was refused
   * @param keyListener is notified of every token; null for none
   * @param threads runs the code of asynchronous calls
   */
  public SuppliedTokens(
      Supplier<@Nullable String> supplier,
      Consumer<String> onRejection,
      @Nullable Consumer<String> keyListener,
      Executor threads) {
    this.supplier = supplier;
    this.onRejection = onRejection;
    this.keyListener = keyListener;
    this.threads = new BoundedExecutor(threads, MAX_THREADS);
  }

  @Override
  public CompletableFuture<String> next(@Nullable String rejected, boolean blocking) {
    CompletableFuture<String> next = new CompletableFuture<>();
    run(
        () -> {
          try {
            if (rejected != null) {
              Callbacks.invoke(onRejection, rejected);
            }
            next.complete(checked(supplier.get()));
          } catch (Throwable e) {
            next.completeExceptionally(new UserCodeException(e));
          }
        },
        blocking);
    return next;
  }

  @Override
  public void rejected(String token, boolean blocking) {
    run(() -> Callbacks.invoke(onRejection, token), blocking);
  }

  private void run(Runnable code, boolean blocking) {
    if (blocking) {
      code.run();
    } else {
      threads.execute(code);
    }
  }

  private String checked(@Nullable String token) {
    if (token == null) {
      throw new IllegalStateException("credentials: token() returned null");
    }
    try {
      RequestOptions.builder().apiKey(token);
    } catch (IllegalArgumentException e) {
      throw new IllegalStateException(
          "credentials: token() must return visible ASCII without spaces");
    }
    if (keyListener != null) {
      keyListener.accept(token);
    }
    return token;
  }
}
