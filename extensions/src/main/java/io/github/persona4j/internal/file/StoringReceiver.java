package io.github.persona4j.internal.file;

import io.github.persona4j.internal.call.BodyReceiver;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import org.jspecify.annotations.Nullable;

/**
 * Stores the file of a response as a part of its attempt, so that an incomplete file is retried.
 */
final class StoringReceiver implements BodyReceiver {
  private final FileTarget target;
  private final long maxSize;
  private volatile @Nullable Path stored;
  private volatile @Nullable IOException diskFailure;

  StoringReceiver(FileTarget target, long maxSize) {
    this.target = target;
    this.maxSize = maxSize;
  }

  @Override
  public void receive(Response response) throws IOException {
    ResponseBody body = Objects.requireNonNull(response.body());
    Request request = response.request();
    FileResponse.check(response, body, request, maxSize);
    try (HttpDownload download = new HttpDownload(response, body, request, maxSize)) {
      store(download);
    }
  }

  private void store(HttpDownload download) throws IOException {
    try {
      stored = download.store(target);
    } catch (IOException e) {
      IOException failure = download.connectionFailure(e);
      if (failure == null) {
        diskFailure = e;
        throw e;
      }
      throw failure;
    }
  }

  @Override
  public boolean isLocal(IOException failure) {
    return failure == diskFailure;
  }

  /** The path of the stored file, after a call that succeeded. */
  Path stored() {
    return Objects.requireNonNull(stored);
  }
}
