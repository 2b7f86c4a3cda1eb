package io.github.persona4j.mockserver;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Proxy;
import java.util.concurrent.TimeUnit;
import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLSocketFactory;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/** A scripted server. */
public final class MockWebServer implements Closeable {
  private final okhttp3.mockwebserver.MockWebServer server =
      new okhttp3.mockwebserver.MockWebServer();
  private int connections;

  public void start() throws IOException {
    server.start();
  }

  public void setServerSocketFactory(ServerSocketFactory sockets) {
    server.setServerSocketFactory(sockets);
  }

  public void useHttps(SSLSocketFactory sockets) {
    server.useHttps(sockets, false);
  }

  public void requireClientAuth() {
    server.requireClientAuth();
  }

  public int getPort() {
    return server.getPort();
  }

  public HttpUrl url(String path) {
    return server.url(path);
  }

  public Proxy getProxyAddress() {
    return server.toProxyAddress();
  }

  public int getRequestCount() {
    return server.getRequestCount();
  }

  public void enqueue(MockResponse response) {
    server.enqueue(response.response());
  }

  public void setDispatcher(Dispatcher dispatcher) {
    server.setDispatcher(
        new okhttp3.mockwebserver.Dispatcher() {
          @Override
          public okhttp3.mockwebserver.MockResponse dispatch(
              okhttp3.mockwebserver.RecordedRequest request) throws InterruptedException {
            return dispatcher.dispatch(new RecordedRequest(request, -1)).response();
          }
        });
  }

  public @Nullable RecordedRequest takeRequest(long time, TimeUnit unit)
      throws InterruptedException {
    okhttp3.mockwebserver.RecordedRequest request = server.takeRequest(time, unit);
    if (request == null) {
      return null;
    }
    if (request.getSequenceNumber() == 0) {
      connections++;
    }
    return new RecordedRequest(request, connections - 1);
  }

  @Override
  public void close() {
    try {
      server.shutdown();
    } catch (IOException e) {
      // A test still had an open connection, which is closed now.
      throw new UncheckedIOException(e);
    }
  }
}
