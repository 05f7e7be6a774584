package io.swarmstream.tasks.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.model.Version;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import io.swarmstream.tasks.run.RunFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A connection to a container engine.
 *
 * @param place for messages, such as {@code unix:///var/run/docker.sock}
 * @param commands for what the engine answers at once
 * @param streams for what takes as long as it takes: builds, pulls, logs
 */
record EngineConnection(String place, DockerClient commands, DockerClient streams)
    implements AutoCloseable {
  private static final String UNIX = "unix://";
  private static final Duration CONNECT = Duration.ofSeconds(20);
  private static final Duration ANSWER = Duration.ofMinutes(3);

  /**
   * Connects to the engine of a socket, of DOCKER_HOST, or of the usual places, in this order.
   *
   * @param environment of this process
   */
  static EngineConnection open(Optional<Path> socket, Map<String, String> environment) {
    String place =
        socket
            .map(path -> UNIX + path.toAbsolutePath())
            .or(
                () ->
                    Optional.ofNullable(environment.get("DOCKER_HOST"))
                        .filter(text -> !text.isBlank()))
            .orElseGet(() -> usual(environment));
    return new EngineConnection(place, client(place, ANSWER), client(place, Duration.ZERO));
  }

  private static String usual(Map<String, String> environment) {
    List<Path> places = new ArrayList<>();
    places.add(Path.of("/var/run/docker.sock"));
    String own = environment.get("XDG_RUNTIME_DIR");
    if (own != null && !own.isBlank()) {
      places.add(Path.of(own, "docker.sock"));
      places.add(Path.of(own, "podman", "podman.sock"));
    }
    places.add(Path.of("/run/podman/podman.sock"));
    return places.stream()
        .filter(Files::exists)
        .findFirst()
        .map(path -> UNIX + path)
        .orElseThrow(
            () ->
                new RunFailure(
                    "there is no container engine at "
                        + places
                        + "; start Docker or 'podman system service', name its socket with --docker-socket or"
                        + " DOCKER_HOST, or run trainers as processes (mgrtype: PROCESS)"));
  }

  private static DockerClient client(String place, Duration answer) {
    DefaultDockerClientConfig config =
        DefaultDockerClientConfig.createDefaultConfigBuilder().withDockerHost(place).build();
    ZerodepDockerHttpClient.Builder http =
        new ZerodepDockerHttpClient.Builder()
            .dockerHost(config.getDockerHost())
            .sslConfig(config.getSSLConfig())
            .maxConnections(100)
            .connectionTimeout(CONNECT);
    if (!answer.isZero()) {
      http.responseTimeout(answer);
    }
    return DockerClientImpl.getInstance(config, http.build());
  }

  /** What the engine is. */
  String check() {
    try {
      Version version = commands.versionCmd().exec();
      String name =
          version.getPlatform() == null ? "" : String.valueOf(version.getPlatform().getName());
      boolean isPodman =
          version.getComponents() != null
              && version.getComponents().stream()
                  .anyMatch(part -> String.valueOf(part.getName()).contains("Podman"));
      return (isPodman ? "Podman " : "Docker ")
          + version.getVersion()
          + " at "
          + place
          + (name.isBlank() ? "" : " (" + name + ")");
    } catch (DockerException e) {
      throw new RunFailure("the engine at " + place + " refused: " + EngineFailures.reason(e), e);
    } catch (RuntimeException e) {
      throw new RunFailure(
          "there is no container engine at "
              + place
              + " ("
              + EngineFailures.reason(e)
              + "); start it, name another socket with --docker-socket or DOCKER_HOST, or run trainers"
              + " as processes (mgrtype: PROCESS)",
          e);
    }
  }

  /** The engine's socket, and the folder with its images, containers and volumes. */
  List<Path> closed() {
    List<Path> closed = new ArrayList<>();
    if (place.startsWith(UNIX)) {
      closed.add(Path.of(place.substring(UNIX.length())));
    }
    try {
      String root = commands.infoCmd().exec().getDockerRootDir();
      if (root != null && !root.isBlank()) {
        closed.add(Path.of(root));
      }
    } catch (RuntimeException e) {
      throw new RunFailure(
          "the engine at "
              + place
              + " does not say where its files are: "
              + EngineFailures.reason(e),
          e);
    }
    return closed;
  }

  @Override
  public void close() {
    try {
      commands.close();
      streams.close();
    } catch (IOException e) {
      throw new RunFailure("the connection to " + place + " could not be closed: " + e, e);
    }
  }
}
