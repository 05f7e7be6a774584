package io.swarmstream.testkit.real;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Podman's service, for tests with containers, and an image with Python. Modules call it from their
 * own folder.
 */
public final class RealPodman {
  /** The image that tests build upon. */
  public static final String PYTHON = "python:3.11-slim";

  private static final Path TOOLS = Path.of("../deploy/tools");
  private static final int MOST_MINUTES = 8;

  private RealPodman() {}

  /**
   * The socket of a service that can start containers of {@link #PYTHON}.
   *
   * @throws IllegalStateException with the reason why there is none here
   */
  public static Path socket() throws IOException {
    Path socket = Path.of(output("get-podman"));
    String unused = output("make-python-image", PYTHON, socket.toString());
    // A machine may have Podman, and not be allowed to start containers.
    unused = remote(socket, "run", "--rm", "--network", "none", PYTHON, "true");
    return socket;
  }

  /** The socket of a service with a storage of its own, without images. */
  public static Path socket(Path storage) throws IOException {
    return Path.of(output("get-podman", storage.toString()));
  }

  /** Whether tests fail, and are not skipped, where there is no Podman. */
  public static boolean isRequired() {
    return System.getProperty("swarm.podman.required") != null;
  }

  /** What a command of Podman's client prints. */
  public static String remote(Path socket, String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(List.of("podman", "--remote", "--url", "unix://" + socket));
    command.addAll(List.of(arguments));
    return run(command);
  }

  private static String output(String tool, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(TOOLS.resolve(tool).toString()));
    command.addAll(List.of(arguments));
    return run(command);
  }

  private static String run(List<String> command) throws IOException {
    String tool = String.valueOf(Path.of(command.get(0)).getFileName());
    Path errors = Files.createTempFile(tool, ".log");
    Path output = Files.createTempFile(tool, ".out");
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectError(errors.toFile())
              .redirectOutput(output.toFile())
              .start();
      if (!process.waitFor(MOST_MINUTES, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        throw new IllegalStateException(tool + " took longer than " + MOST_MINUTES + " min");
      }
      if (process.exitValue() != 0) {
        throw new IllegalStateException(
            tool + " failed: " + Files.readString(errors, StandardCharsets.UTF_8).strip());
      }
      return Files.readString(output, StandardCharsets.UTF_8).strip();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(tool + " was interrupted", e);
    } finally {
      Files.deleteIfExists(errors);
      Files.deleteIfExists(output);
    }
  }
}
