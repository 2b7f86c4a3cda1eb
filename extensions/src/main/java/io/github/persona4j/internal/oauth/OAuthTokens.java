package io.github.persona4j.internal.oauth;

import io.github.persona4j.internal.call.AccessTokenRequest;
import io.github.persona4j.internal.call.TokenSource;
import io.github.persona4j.internal.retry.TimeSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Keeps an access token and renews it. All calls share one renewal, which runs on a thread of its
 * own, so that neither the end of a call nor a full dispatcher of OkHttp can stop it. Thread-safe.
 */
public final class OAuthTokens implements TokenSource {
  private static final long RENEWAL_NANOS = TimeUnit.SECONDS.toNanos(60);
  private static final long MARGIN_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final AccessTokenRequest request;
  private final TimeSource time;
  private final Executor threads;

  // Guarded by this object.
  private @Nullable Token token;
  private @Nullable CompletableFuture<String> renewal;
  private long noEarlyRenewalBefore;

  /**
   * A token with its times, in nanoseconds of the {@link TimeSource}.
   *
   * @param renewal when to renew it in the background
   * @param end when it is not used any more
   */
  private record Token(String value, long renewal, long end) {
    static Token of(AccessTokenRequest.Token received, long since) {
      long lifetime = received.lifetime().toNanos();
      return new Token(
          received.value(),
          since + lifetime - Math.min(RENEWAL_NANOS, lifetime / 5),
          since + lifetime - Math.min(MARGIN_NANOS, lifetime / 20));
    }
  }

  /**
   * Tokens that a request obtains.
   *
   * @param threads runs the request; not limited
   */
  public OAuthTokens(AccessTokenRequest request, TimeSource time, Executor threads) {
    this.request = request;
    this.time = time;
    this.threads = threads;
    this.noEarlyRenewalBefore = time.nanos();
  }

  @Override
  public CompletableFuture<String> next(@Nullable String rejected, boolean blocking) {
    CompletableFuture<String> begun;
    CompletableFuture<String> result;
    synchronized (this) {
      forget(rejected);
      long now = time.nanos();
      Token valid = token != null && token.end - now > 0 ? token : null;
      if (valid != null
          && (valid.renewal - now > 0 || renewal != null || noEarlyRenewalBefore - now > 0)) {
        return CompletableFuture.completedFuture(valid.value);
      }
      if (renewal != null) {
        return renewal;
      }
      begun = new CompletableFuture<>();
      renewal = begun;
      result = valid == null ? begun : CompletableFuture.completedFuture(valid.value);
    }
    try {
      threads.execute(() -> renew(begun));
    } catch (RuntimeException e) { // the client is closed, or no thread can be created
      failed(begun, e);
    }
    return result;
  }

  @Override
  public void rejected(String rejected, boolean blocking) {
    forget(rejected);
  }

  private synchronized void forget(@Nullable String rejected) {
    // Another call may have replaced it already.
    if (token != null && token.value.equals(rejected)) {
      token = null;
    }
  }

  private void renew(CompletableFuture<String> begun) {
    long since = time.nanos();
    Token renewed;
    try {
      renewed = Token.of(request.send(), since);
    } catch (Throwable e) {
      failed(begun, e);
      return;
    }
    synchronized (this) {
      token = renewed;
      renewal = null;
    }
    begun.complete(renewed.value);
  }

  private void failed(CompletableFuture<String> begun, Throwable failure) {
    synchronized (this) {
      renewal = null;
      noEarlyRenewalBefore = time.nanos() + PAUSE_NANOS;
    }
    begun.completeExceptionally(failure);
  }
}
