package io.swarmstream.jobs.options;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemberFileTest {
  @TempDir Path folder;

  @Test
  void findsTheFileOfWhicheverFolder() throws IOException {
    assertThat(MemberFile.of(folder)).isEqualTo(folder.resolve("swarm.properties"));
    Files.writeString(folder.resolve("network.properties"), "");
    assertThat(MemberFile.of(folder)).isEqualTo(folder.resolve("network.properties"));
    Files.writeString(folder.resolve("site.properties"), "");
    assertThat(MemberFile.of(folder)).isEqualTo(folder.resolve("site.properties"));
    Files.writeString(folder.resolve("swarm.properties"), "");
    assertThat(MemberFile.of(folder)).isEqualTo(folder.resolve("swarm.properties"));
    assertThat(MemberFile.isMembers(folder.resolve("swarm.properties"))).isFalse();
  }

  @Test
  void reachesTheChainOfANetworkNodeThroughAllNetworkNodes() throws IOException {
    Path file = folder.resolve("network.properties");
    Files.writeString(
        file,
        """
        host=network.example
        port=30304
        chain=http://127.0.0.1:8545
        network-nodes=https://other.example:30304
        start-block=7
        """);
    Properties read = MemberFile.read(file);
    assertThat(read.getProperty("chain"))
        .isEqualTo("https://network.example:30304/rpc,https://other.example:30304/rpc");
    assertThat(read.getProperty("identity")).isEqualTo("identity");
    assertThat(read.getProperty("chain-start-block")).isEqualTo("7");
  }
}
