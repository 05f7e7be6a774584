package io.swarmstream.shell.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.swarmstream.shell.TestShell;
import io.swarmstream.shell.instructions.Instructions;
import io.swarmstream.shell.session.Interpreter;
import io.swarmstream.web.ApiCall;
import io.swarmstream.web.ApiJson;
import io.swarmstream.web.ApiRoute;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Programs of others are written against this interface: a change of it has to be meant. With
 * {@code -Dswarm.golden=write} the file is written anew.
 */
class ShellOpenApiTest {
  private static final Path GOLDEN =
      Path.of("src/test/resources/io/swarmstream/shell/service/openapi.json");

  @TempDir private Path home;

  @SuppressWarnings("NullAway") // the document needs no request
  private JsonNode document() throws Exception {
    TestShell shell = new TestShell(home);
    List<ApiRoute<ShellCaller>> routes =
        ShellApi.routes(
            new Interpreter(Instructions.grammar()),
            new RemoteSessions(shell.parts, home),
            new Uploads(home));
    ApiRoute<ShellCaller> last = routes.get(routes.size() - 1);
    byte[] document =
        (byte[]) last.handler().handle(new ApiCall<>(new ShellCaller("own", ""), null, 0));
    return ApiJson.mapper().readTree(document);
  }

  @Test
  void isWhatWasAgreed() throws Exception {
    String now =
        ApiJson.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(document()) + "\n";
    write(now);
    assertThat(now).isEqualTo(Files.readString(GOLDEN));
  }

  private static void write(String now) throws IOException {
    if (System.getProperty("swarm.golden", "").equals("write")) {
      Files.createDirectories(GOLDEN.toAbsolutePath().getParent());
      Files.writeString(GOLDEN, now);
    }
  }

  @Test
  void refersToNothingThatIsNotThere() throws Exception {
    JsonNode document = document();
    Set<String> wanted = new HashSet<>(document.findValuesAsText("$ref"));
    assertThat(wanted)
        .isNotEmpty()
        .allSatisfy(
            reference -> assertThat(document.at(reference.substring(1)).isObject()).isTrue());
  }
}
