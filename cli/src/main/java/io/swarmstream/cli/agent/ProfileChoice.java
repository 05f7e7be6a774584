package io.swarmstream.cli.agent;

import io.swarmstream.schemas.files.TextFile;
import io.swarmstream.tasks.definitions.AgentProfile;
import io.swarmstream.tasks.definitions.DefinitionException;
import io.swarmstream.tasks.docker.DockerManager;
import io.swarmstream.tasks.policy.RunPolicy;
import io.swarmstream.tasks.process.ProcessManager;
import io.swarmstream.tasks.run.ResourceManager;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The profile of an agent, and the options that stand above it. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ProfileChoice {
  @Option(
      names = "--profile",
      paramLabel = "PROFILE.yaml",
      description = "Says which taskrunner the agent serves and which sites it runs.")
  private @Nullable Path given;

  @Option(
      names = "--manager",
      paramLabel = "KIND",
      description = "docker or process. Default: mgrtype in the profile.")
  private @Nullable String manager;

  @Option(
      names = "--docker-socket",
      paramLabel = "FILE",
      description =
          "Socket of an engine with Docker's API, for --manager docker. Default: $DOCKER_HOST, else"
              + " the usual ones of Docker and Podman.")
  private @Nullable Path dockerSocket;

  @Option(
      names = "--python",
      paramLabel = "PROGRAM",
      defaultValue = "python3",
      description = "Makes the environments of --manager process. Default: ${DEFAULT-VALUE}.")
  private String python;

  /** The command's subcommands need no profile, so that picocli cannot require it. */
  private Path profile() {
    if (given == null) {
      throw new IllegalArgumentException(
          "Missing required option: '--profile=PROFILE.yaml'; or use one of the subcommands");
    }
    return given;
  }

  /** The profile. Throws what is wrong with it, by line and column. */
  AgentProfile read() throws IOException {
    Path profile = profile();
    try {
      return AgentProfile.parse(profile.toString(), TextFile.read(profile));
    } catch (DefinitionException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  RunPolicy policy(AgentProfile read) {
    try {
      return RunPolicy.named(
          read.policy(), Objects.requireNonNull(profile().toAbsolutePath().getParent()));
    } catch (DefinitionException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  AgentProfile.Manager kind(AgentProfile read) {
    String said = manager == null ? read.manager().name() : manager.toUpperCase(Locale.ROOT);
    try {
      return AgentProfile.Manager.valueOf(said);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "--manager is " + manager + ", expected docker or process", e);
    }
  }

  /** The resource manager, which keeps what it makes below the agent's folder. */
  ResourceManager manager(AgentProfile read, Path folder) {
    if (kind(read) == AgentProfile.Manager.PROCESS) {
      return new ProcessManager(folder.resolve("process"), python);
    }
    return DockerManager.open(
        Optional.ofNullable(dockerSocket), System.getenv(), folder.toString());
  }

  /** Lines about the profile that its writer should see. */
  static List<String> warnings(AgentProfile read) {
    return read.warnings().stream().map(Object::toString).toList();
  }
}
