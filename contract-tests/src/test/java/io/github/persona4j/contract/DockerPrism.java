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

/** A Prism in a container. */
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

  /** Why a container cannot be used here; null when it can. */
  static @Nullable String obstacle(String image) {
    if (!DockerClientFactory.instance().isDockerAvailable()) {
      return "no Docker engine answers";
    }
    return ImageFetch.obstacle(image);
  }

  static DockerPrism start(String image, Path description) {
    String obstacle = obstacle(image);
    if (obstacle != null) {
      throw new IllegalStateException(obstacle);
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
            .withCopyFileToContainer(MountableFile.forHostPath(preloaded()), "/end-with-parent.cjs")
            .withEnv("NODE_OPTIONS", "--require=/end-with-parent.cjs")
            .withCreateContainerCmdModifier(
                command -> command.withStdinOpen(true).withStdInOnce(true))
            .withLogConsumer(frame -> append(log, frame))
            .waitingFor(new NoWait());
    DockerPrism prism = new DockerPrism(container, image, log);
    try {
      container.start();
      prism.holdStdin();
      awaitAnswer(prism.baseUrl(), prism);
      return prism;
    } catch (RuntimeException e) {
      String death = container.getContainerId() == null ? null : prism.death();
      prism.close();
      throw death == null ? e : new IllegalStateException(death, e);
    }
  }

  @Override
  String baseUrl() {
    return "http://" + container.getHost() + ":" + container.getMappedPort(PORT);
  }

  @Override
  String way() {
    return "docker, image " + image;
  }

  @Override
  @Nullable String death() {
    if (container.isRunning()) {
      return null;
    }
    return "Prism's container ended; the end of its log " + log + ":\n" + endOf(log);
  }

  /** Ends Prism as a crash would, for the tests of this class. */
  void kill() {
    container.getDockerClient().killContainerCmd(container.getContainerId()).exec();
  }

  @Override
  public void close() {
    container.stop();
    try {
      Runtime.getRuntime().removeShutdownHook(endOfJvm);
    } catch (IllegalStateException e) {
      // The JVM ends already, and its hooks run.
    }
  }

  /** Keeps Prism's input open until the end of this JVM, however that comes about. */
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

  // Not a temporary folder, which only its owner may read: the image may run as somebody else.
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

  /** The waiting is ours, as it is for the other ways. */
  private static final class NoWait extends AbstractWaitStrategy {
    @Override
    protected void waitUntilReady() {}
  }

  /** Asks for the image once; Testcontainers would try for minutes where no registry answers. */
  private static final class ImageFetch {
    static @Nullable String obstacle(String image) {
      var docker = DockerClientFactory.lazyClient();
      try {
        docker.inspectImageCmd(image).exec();
        return null;
      } catch (RuntimeException e) {
        // Not here yet.
      }
      try {
        boolean done = docker.pullImageCmd(image).start().awaitCompletion(3, TimeUnit.MINUTES);
        return done ? null : "the image " + image + " could not be fetched within 3 minutes";
      } catch (RuntimeException e) {
        return "the image "
            + image
            + " cannot be fetched: "
            + String.valueOf(e.getMessage()).strip();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("Interrupted while fetching " + image, e);
      }
    }
  }
}
