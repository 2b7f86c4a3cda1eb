package io.github.persona4j.contract;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Frame;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.output.OutputFrame;
import org.testcontainers.containers.wait.strategy.AbstractWaitStrategy;
import org.testcontainers.utility.MountableFile;

/** Prism in a container. */
final class DockerPrism extends PrismServer {
  private static final int PORT = 4010;
  private static final String FOLDER = "/description";

  private final GenericContainer<?> container;
  private final String image;
  private final Path log;
  private final Thread endOfJvm;
  private final PipedOutputStream stdin = new PipedOutputStream();

  private DockerPrism(GenericContainer<?> container, String image, Path log) {
    this.container = container;
    this.image = image;
    this.log = log;
    this.endOfJvm = new Thread(container::stop, "end-of-prism");
    Runtime.getRuntime().addShutdownHook(endOfJvm);
  }

  /** Returns why a container cannot be used; null if it can. */
  static @Nullable String unavailableReason(String image) {
    if (!DockerClientFactory.instance().isDockerAvailable()) {
      return "no Docker engine is available";
    }
    return ImageFetch.unavailableReason(image);
  }

  static DockerPrism start(String image, Path description) {
    String unavailableReason = unavailableReason(image);
    if (unavailableReason != null) {
      throw new IllegalStateException(unavailableReason);
    }
    Path log = newLog("docker");
    Description.Copy copy = Description.read(description).copyTo(newFolder(log));
    GenericContainer<?> container =
        new GenericContainer<>(image)
            .withExposedPorts(PORT)
            // Copied, not mounted: the engine may run on another machine.
            .withCopyFileToContainer(MountableFile.forHostPath(copy.folder()), FOLDER)
            .withCommand(
                "mock",
                "--multiprocess=false",
                "--errors",
                "--host=0.0.0.0",
                "--port=" + PORT,
                FOLDER + "/" + copy.entry())
            .withCopyFileToContainer(
                MountableFile.forHostPath(preloadScript()), "/end-with-parent.cjs")
            .withEnv("NODE_OPTIONS", "--require=/end-with-parent.cjs")
            .withCreateContainerCmdModifier(
                command -> command.withStdinOpen(true).withStdInOnce(true))
            .withLogConsumer(frame -> append(log, frame))
            .waitingFor(new NoWait());
    DockerPrism prism = new DockerPrism(container, image, log);
    try {
      container.start();
      prism.holdStdin();
      awaitResponse(prism.baseUrl(), prism);
      return prism;
    } catch (RuntimeException e) {
      String exitReason = container.getContainerId() == null ? null : prism.exitReason();
      prism.close();
      throw exitReason == null ? e : new IllegalStateException(exitReason, e);
    }
  }

  @Override
  String baseUrl() {
    return "http://" + container.getHost() + ":" + container.getMappedPort(PORT);
  }

  @Override
  String variant() {
    return "docker, image " + image;
  }

  @Override
  @Nullable String exitReason() {
    if (container.isRunning()) {
      return null;
    }
    return "Prism's container ended; the end of its log " + log + ":\n" + endOf(log);
  }

  /** Kills Prism to simulate a crash, for tests of this class. */
  void kill() {
    container.getDockerClient().killContainerCmd(container.getContainerId()).exec();
  }

  @Override
  public void close() {
    container.stop();
    try {
      Runtime.getRuntime().removeShutdownHook(endOfJvm);
    } catch (IllegalStateException e) {
      // The JVM is shutting down already and runs its hooks.
    }
  }

  /** Keeps the input of Prism open until this JVM exits, even if it crashes. */
  private void holdStdin() {
    try {
      container
          .getDockerClient()
          .attachContainerCmd(container.getContainerId())
          .withStdIn(new PipedInputStream(stdin))
          .withFollowStream(true)
          .exec(new ResultCallback.Adapter<Frame>());
    } catch (IOException e) {
      throw new IllegalStateException("No pipe for the input of Prism", e);
    }
  }

  // Not a temporary folder, which is readable only by its owner: the image may run as another user.
  private static Path newFolder(Path log) {
    try {
      return Files.createDirectory(log.resolveSibling(log.getFileName() + ".description"));
    } catch (IOException e) {
      throw new IllegalStateException("No folder for a copy of the description", e);
    }
  }

  private static void append(Path log, OutputFrame frame) {
    try {
      Files.writeString(
          log, frame.getUtf8String(), StandardCharsets.UTF_8, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new IllegalStateException("The log of Prism cannot be written", e);
    }
  }

  /** Disables the wait strategy: the server is polled as in the other modes. */
  private static final class NoWait extends AbstractWaitStrategy {
    @Override
    protected void waitUntilReady() {}
  }

  /** Pulls the image once; Testcontainers would retry for minutes if no registry is available. */
  private static final class ImageFetch {
    static @Nullable String unavailableReason(String image) {
      var docker = DockerClientFactory.lazyClient();
      try {
        docker.inspectImageCmd(image).exec();
        return null;
      } catch (RuntimeException e) {
        // Not pulled yet.
      }
      try {
        boolean done = docker.pullImageCmd(image).start().awaitCompletion(3, TimeUnit.MINUTES);
        return done ? null : "the image " + image + " could not be pulled within 3 minutes";
      } catch (RuntimeException e) {
        return "the image "
            + image
            + " cannot be pulled: "
            + String.valueOf(e.getMessage()).strip();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("Interrupted while pulling " + image, e);
      }
    }
  }
}
