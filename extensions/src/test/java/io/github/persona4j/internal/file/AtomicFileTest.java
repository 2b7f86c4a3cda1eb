package io.github.persona4j.internal.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Writing files atomically. */
class AtomicFileTest {
  private final ExecutorService threads = Executors.newFixedThreadPool(2);

  @TempDir Path folder;

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  private static InputStream bytes(String content) {
    return new ByteArrayInputStream(content.getBytes(UTF_8));
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  @Test
  void write_interruptedThread_throwsInterruptedIOException() {
    Thread.currentThread().interrupt();

    Throwable failure =
        catchThrowable(() -> AtomicFile.write(bytes("a"), folder.resolve("a"), false));

    assertThat(Thread.interrupted()).isTrue();
    assertThat(failure).isExactlyInstanceOf(InterruptedIOException.class).hasMessage("interrupted");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void write_undeletablePart_throwsOriginalException() {
    InputStream replacing =
        new FilterInputStream(bytes("")) {
          @Override
          public int read(byte[] buffer, int offset, int length) throws IOException {
            Path part = folder.resolve(names().get(0));
            Files.delete(part);
            Files.createDirectories(part.resolve("full"));
            throw new IOException("first");
          }
        };

    IOException failure =
        catchThrowableOfType(
            IOException.class, () -> AtomicFile.write(replacing, folder.resolve("a"), false));

    assertThat(failure).hasMessage("first");
    assertThat(failure.getSuppressed())
        .singleElement()
        .isInstanceOf(DirectoryNotEmptyException.class);
  }

  @Test
  void write_twoThreadsToSamePath_onlyOneSucceeds() throws Exception {
    Path target = folder.resolve("a");
    CyclicBarrier bothReading = new CyclicBarrier(2);

    for (int round = 0; round < 20; round++) {
      List<Throwable> failures =
          runConcurrently(
              number ->
                  AtomicFile.write(
                      new FilterInputStream(bytes("whole " + number)) {
                        private boolean waited;

                        @Override
                        public int read(byte[] buffer, int offset, int length) throws IOException {
                          if (!waited) {
                            waited = true;
                            await(bothReading);
                          }
                          return super.read(buffer, offset, length);
                        }
                      },
                      target,
                      false));

      assertThat(failures).singleElement().isInstanceOf(FileAlreadyExistsException.class);
      assertThat(names()).containsExactly("a");
      assertThat(Files.readString(target)).matches("whole [12]");
      Files.delete(target);
    }
  }

  // The time between check and move is short, so there are many rounds.
  @Test
  void publish_twoThreadsToSamePath_onlyOneSucceeds() throws Exception {
    Path target = folder.resolve("a");
    AtomicInteger ready = new AtomicInteger();

    for (int round = 1; round <= 500; round++) {
      int both = 2 * round;
      List<Throwable> failures =
          runConcurrently(
              number -> {
                Path part = Files.writeString(folder.resolve(number + ".part"), "x");
                ready.incrementAndGet();
                while (ready.get() < both) {
                  Thread.onSpinWait();
                }
                AtomicFile.publish(part, target);
              });

      assertThat(failures).singleElement().isInstanceOf(FileAlreadyExistsException.class);
      Files.delete(target);
    }
  }

  private interface Store {
    void run(int number) throws Exception;
  }

  /** Runs the action in two threads, numbered 1 and 2, and returns their failures. */
  private List<Throwable> runConcurrently(Store store) throws Exception {
    List<Future<Throwable>> running =
        Stream.of(1, 2)
            .map(number -> threads.submit(() -> catchThrowable(() -> store.run(number))))
            .toList();
    Throwable first = running.get(0).get(20, TimeUnit.SECONDS);
    Throwable second = running.get(1).get(20, TimeUnit.SECONDS);
    return Stream.of(first, second).filter(Objects::nonNull).toList();
  }

  private static void await(CyclicBarrier barrier) throws IOException {
    try {
      barrier.await(20, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IOException(e);
    }
  }
}
