package io.github.persona4j.internal.file;

import io.github.persona4j.error.FailedCall;
import io.github.persona4j.file.Download;
import io.github.persona4j.internal.call.CallState;
import io.github.persona4j.internal.call.FailureMapper;
import io.github.persona4j.internal.http.ConnectionFailure;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import org.jspecify.annotations.Nullable;

/** A download over HTTP. */
final class HttpDownload implements Download {
  private final ResponseBody body;
  private final Request request;
  private final FailedCall call;
  private final @Nullable String contentType;
  private final String name;
  private final FileStream stream;
  private boolean stored;

  /**
   * Creates a download of the file in a response.
   *
   * @param response the head of the response
   * @param body its body
   * @param request the request of the call, for exceptions
   * @param maxSize the maximum size of the file in bytes
   */
  HttpDownload(Response response, ResponseBody body, Request request, long maxSize) {
    this.body = body;
    this.request = request;
    this.call = CallState.describe(request, response);
    this.contentType = response.header("Content-Type");
    this.name = FileName.of(response);
    this.stream = new FileStream(body.byteStream(), body.contentLength(), maxSize, call);
  }

  @Override
  public @Nullable String contentType() {
    return contentType;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public long length() {
    return body.contentLength();
  }

  @Override
  public InputStream stream() {
    if (stored) {
      throw new IllegalStateException("the file was stored before; download it again");
    }
    return stream;
  }

  @Override
  public Path saveAs(Path file) throws IOException {
    return storeAndMap(FileTarget.file(file));
  }

  @Override
  public Path saveTo(Path folder) throws IOException {
    return storeAndMap(FileTarget.in(folder));
  }

  @Override
  public Path replace(Path file) throws IOException {
    return storeAndMap(FileTarget.replacing(file));
  }

  private Path storeAndMap(FileTarget target) throws IOException {
    try {
      return store(target);
    } catch (IOException e) {
      IOException failure = connectionFailure(e);
      if (failure == null) {
        throw e;
      }
      throw FailureMapper.withEarlier(request, ConnectionFailure.exception(call, failure));
    } finally {
      close();
    }
  }

  /** Stores the file. Throws the exceptions of reading and writing unchanged. */
  Path store(FileTarget target) throws IOException {
    if (stored || stream.isBegun()) {
      throw new IllegalStateException("the bytes were read before; download the file again");
    }
    stored = true;
    target.check();
    Path file = target.of(name);
    AtomicFile.write(stream, file, target.mayExist());
    return file;
  }

  /**
   * Returns the failure of the connection for an exception that {@link #store} threw, or the
   * interruption of this thread; null if the disk failed.
   */
  @Nullable IOException connectionFailure(IOException exception) {
    return exception instanceof InterruptedIOException ? exception : stream.reported(exception);
  }

  @Override
  public void close() {
    body.close();
  }

  /** Shows the length and the content type, but not the name, which may be personal data. */
  @Override
  public String toString() {
    return "Download{length=" + length() + ", contentType=" + call.contentType() + '}';
  }
}
