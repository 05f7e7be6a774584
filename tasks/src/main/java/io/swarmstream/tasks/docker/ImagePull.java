package io.swarmstream.tasks.docker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.github.dockerjava.api.command.PullImageCmd;
import com.github.dockerjava.api.model.AuthConfig;
import com.github.dockerjava.api.model.PullResponseItem;
import io.swarmstream.tasks.content.WorkDeadline;
import io.swarmstream.tasks.run.PullOrder;
import io.swarmstream.tasks.run.RunFailure;
import io.swarmstream.tasks.run.WorkProgress;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/** Fetches an image, and gives it the name of the task's outcome. */
final class ImagePull {
  private static final long MOST_BYTES = 1 << 20;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final EngineConnection engine;

  ImagePull(EngineConnection engine) {
    this.engine = engine;
  }

  void pull(PullOrder order, WorkProgress progress) throws IOException {
    String what = "the pull of " + order.reference();
    WorkDeadline deadline = new WorkDeadline(what, order.limit(), progress);
    Path log = Files.createTempFile("swarm-pull", ".log");
    try {
      PullImageCmd command = engine.streams().pullImageCmd(order.image()).withTag(order.tag());
      credentials(order).ifPresent(command::withAuthConfig);
      EngineStream<PullResponseItem> said = new EngineStream<>(log);
      command.exec(said);
      said.await(what, deadline);
    } finally {
      Files.deleteIfExists(log);
    }
    String name = ImageName.of(order.outcome());
    engine
        .commands()
        .tagImageCmd(order.reference(), ImageName.repository(name), ImageName.tag(name))
        .exec();
  }

  private static Optional<AuthConfig> credentials(PullOrder order) throws IOException {
    String registry = registry(order.image());
    if (order.credentials().isPresent()) {
      PullOrder.Credentials given = order.credentials().get();
      return Optional.of(
          new AuthConfig()
              .withRegistryAddress(registry)
              .withUsername(given.user())
              .withPassword(given.password()));
    }
    if (order.configFile().isEmpty()) {
      return Optional.empty();
    }
    Path file = order.configFile().get();
    JsonNode config = configuration(file);
    for (Map.Entry<String, JsonNode> entry : config.path("auths").properties()) {
      String host = entry.getKey().replaceFirst("^https?://", "").replaceFirst("/.*", "");
      if (host.equals(registry) && entry.getValue().hasNonNull("auth")) {
        String text =
            new String(
                Base64.getDecoder().decode(entry.getValue().get("auth").asText()),
                StandardCharsets.UTF_8);
        int colon = text.indexOf(':');
        if (colon > 0) {
          return Optional.of(
              new AuthConfig()
                  .withRegistryAddress(registry)
                  .withUsername(text.substring(0, colon))
                  .withPassword(text.substring(colon + 1)));
        }
      }
    }
    throw new RunFailure(
        file + " has no credentials (auths) for " + registry + "; log in there with this file");
  }

  /**
   * Reads a file that the task names. What is in it is told to nobody: reasons of failures go to
   * the chain, where all members read them.
   */
  static JsonNode configuration(Path file) throws IOException {
    if (!Files.isRegularFile(file) || Files.size(file) > MOST_BYTES) {
      throw new RunFailure(
          "Auth: " + file + " is no file of at most " + MOST_BYTES + " bytes; name another one");
    }
    try {
      return JSON.readTree(Files.readString(file));
    } catch (JsonProcessingException | CharacterCodingException e) {
      throw new RunFailure("Auth: " + file + " is no configuration in Docker's format");
    }
  }

  /** The registry's host, by the rule that all engines have: a first part with a dot or a port. */
  private static String registry(String image) {
    int slash = image.indexOf('/');
    String first = slash < 0 ? "" : image.substring(0, slash);
    return first.contains(".") || first.contains(":") || first.equals("localhost")
        ? first
        : "index.docker.io";
  }
}
