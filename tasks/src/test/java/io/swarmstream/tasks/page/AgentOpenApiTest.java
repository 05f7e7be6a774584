package io.swarmstream.tasks.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmstream.tasks.agent.AgentHome;
import io.swarmstream.web.AccessToken;
import io.swarmstream.web.ApiDocument;
import io.swarmstream.web.ApiJson;
import io.swarmstream.web.LocalServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The page is built from this description. With {@code -Dswarm.golden=write} the file is written
 * anew; then make the page's types by {@code node api-types.mjs} in {@code console/}.
 */
class AgentOpenApiTest {
  private static final Path GOLDEN =
      Path.of("src/test/resources/io/swarmstream/tasks/page/openapi.json");

  @TempDir private Path folder;

  @Test
  void isWhatThePageWasBuiltFrom() throws IOException {
    LocalServer server = LocalServer.of("Task agent", AccessToken.in(folder), "swarm-agent-");
    AgentRoutes routes =
        new AgentRoutes(new ShownAgent("a", "r", "", "", "1", AgentHome.in(folder)), server);
    String now =
        ApiJson.mapper()
                .writerWithDefaultPrettyPrinter()
                .writeValueAsString(
                    ApiDocument.of(
                        "Swarmstream task agent", "1", "What the agent's page asks.", routes.api()))
            + "\n";
    if (System.getProperty("swarm.golden", "").equals("write")) {
      Files.createDirectories(GOLDEN.getParent());
      Files.writeString(GOLDEN, now);
    }

    assertThat(now).isEqualTo(Files.readString(GOLDEN));
  }
}
