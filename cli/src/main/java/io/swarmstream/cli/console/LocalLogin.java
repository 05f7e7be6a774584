package io.swarmstream.cli.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.swarmstream.cli.options.SwarmFolders;
import io.swarmstream.clients.network.LoginLink;
import io.swarmstream.local.console.ConsoleFile;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Asks the console of a local swarm for a link.
 *
 * @param folder of the swarm
 */
record LocalLogin(Path folder, ConsoleFile console) {
  /** The console starts when it is asked for the first time. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /**
   * The swarm whose folder it is.
   *
   * @param given null: the usual one
   */
  static Optional<LocalLogin> in(@Nullable Path given) throws IOException {
    Path folder = given == null ? SwarmFolders.up() : given.toAbsolutePath();
    return ConsoleFile.in(folder).map(console -> new LocalLogin(folder, console));
  }

  /**
   * A link that logs in the swarm's owner, once.
   *
   * @throws IllegalStateException when the swarm does not give one
   */
  LoginLink link() throws InterruptedException {
    try {
      HttpResponse<byte[]> answer =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(console.url().resolve("/v1/console/links"))
                      .header("Authorization", "Bearer " + console.key())
                      .timeout(PATIENCE)
                      .POST(BodyPublishers.noBody())
                      .build(),
                  BodyHandlers.ofByteArray());
      JsonNode said = new ObjectMapper().readTree(answer.body());
      if (answer.statusCode() != 200) {
        throw new IllegalStateException(said.path("detail").asText());
      }
      return new LoginLink(said.path("url").asText(), said.path("expiresAt").asText());
    } catch (IOException e) {
      throw new IllegalStateException(
          "the console of the swarm in "
              + folder
              + " does not answer at "
              + console.url()
              + " ("
              + e
              + "); see whether 'swarm up' runs there",
          e);
    }
  }
}
