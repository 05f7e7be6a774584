package io.swarmstream.network.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.swarmstream.network.chain.RpcGate;
import io.swarmstream.web.ApiJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Nodes of other organisations and other versions call this interface: a change of it has to be
 * meant. With {@code -Dswarm.golden=write} the file is written anew.
 */
class NetworkOpenApiTest {
  private static final Path GOLDEN =
      Path.of("src/test/resources/io/swarmstream/network/api/openapi.json");

  /** A node that is only described; no route is called. */
  @SuppressWarnings("NullAway")
  private static JsonNode document() {
    NodeParts described =
        new NodeParts(
            "",
            null,
            new RpcGate(request -> request, RpcGate.Limits.DEFAULT),
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null);
    return NetworkApi.document(NetworkApi.routes(described, "1"));
  }

  @Test
  void isWhatWasAgreed() throws IOException {
    String now =
        ApiJson.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(document()) + "\n";
    if (System.getProperty("swarm.golden", "").equals("write")) {
      Files.createDirectories(GOLDEN.getParent());
      Files.writeString(GOLDEN, now);
    }

    assertThat(now).isEqualTo(Files.readString(GOLDEN));
  }

  @Test
  void refersToNothingThatIsNotThere() {
    JsonNode document = document();
    Set<String> wanted = new HashSet<>(document.findValuesAsText("$ref"));

    assertThat(wanted)
        .isNotEmpty()
        .allSatisfy(
            reference -> assertThat(document.at(reference.substring(1)).isObject()).isTrue());
  }
}
