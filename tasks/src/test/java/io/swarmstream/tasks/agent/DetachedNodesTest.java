package io.swarmstream.tasks.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.swarmstream.tasks.definitions.AgentProfile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DetachedNodesTest {
  private static final String PROFILE =
      """
      groupname : mine
      envvars :
          - LOG_LEVEL : INFO
          - HOME : ~
      nodes : [slnodedef : {idx : 0, slenvvars : [LOG_LEVEL : DEBUG]}]
      """;

  @TempDir private Path folder;

  @Test
  void giveANodeTheVariablesOfItsProfileAndTakeOthersAway() throws Exception {
    AgentProfile profile = AgentProfile.parse("profile.yaml", PROFILE);
    SiteOrder order =
        new SiteOrder(
            folder.resolve("member"),
            folder.resolve("channels"),
            folder.resolve("place"),
            profile.sites().get(0).siteVariables().over(profile.siteVariables()));
    assertThat(System.getenv()).containsKey("HOME");

    var unused = new DetachedNodes(site -> List.of("/bin/sh", "-c", "env; echo done")).start(order);

    await().untilAsserted(() -> assertThat(Files.readString(order.log())).contains("done"));
    assertThat(Files.readAllLines(order.log()))
        .contains("LOG_LEVEL=DEBUG")
        .noneMatch(line -> line.startsWith("HOME="))
        .anyMatch(line -> line.startsWith("PATH="));
  }
}
