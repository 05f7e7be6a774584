package io.swarmstream.site.node.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.swarmstream.web.ApiJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Trainers of other projects are written against this interface: a change of it has to be meant.
 * With {@code -Dswarm.golden=write} the file is written anew.
 */
class OpenApiTest {
  private static final Path GOLDEN =
      Path.of("src/test/resources/io/swarmstream/site/node/http/openapi.json");

  @Test
  void isWhatWasAgreed() throws IOException {
    String now =
        ApiJson.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(OpenApi.document())
            + "\n";
    if (System.getProperty("swarm.golden", "").equals("write")) {
      Files.createDirectories(GOLDEN.getParent());
      Files.writeString(GOLDEN, now);
    }

    assertThat(now).isEqualTo(Files.readString(GOLDEN));
  }

  @Test
  void refersToNothingThatIsNotThere() {
    JsonNode document = OpenApi.document();
    Set<String> wanted = new HashSet<>(document.findValuesAsText("$ref"));

    assertThat(wanted)
        .isNotEmpty()
        .allSatisfy(
            reference -> assertThat(document.at(reference.substring(1)).isObject()).isTrue());
  }
}
