package io.swarmstream.jobs.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class ConnectionOptionsTest {
  private static final String ONE = "0x" + "1".repeat(40);
  private static final String TWO = "0x" + "2".repeat(40);

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void aSwarm() throws IOException {
    file = folder.resolve(SwarmProperties.FILE);
    // With a byte order mark, as some editors write it.
    Files.writeString(
        file,
        "\uFEFFkafka=broker:1\r\nchain=http://node:1\r\ntraining-contracts=%s\r\nround-anchors=%s\r\n"
            .formatted(ONE, TWO));
  }

  @Command
  private static final class Line implements Runnable {
    @Mixin private ConnectionOptions options = new ConnectionOptions();

    @Override
    public void run() {}
  }

  private static ConnectionOptions parsed(String... args) {
    Line line = new Line();
    new CommandLine(line).parseArgs(args);
    return line.options;
  }

  private static ConnectionOptions.Connection connection(String... args) {
    return parsed(args).connection(Optional.empty());
  }

  @Test
  void takesASwarmsFolderOrItsFile() {
    var ofFolder = connection("--swarm", folder.toString());

    assertThat(ofFolder.kafka().bootstrapServers()).isEqualTo("broker:1");
    assertThat(ofFolder.chain().rpcUrl()).isEqualTo("http://node:1");
    assertThat(ofFolder.chain().trainingContracts()).isEqualTo(ONE);
    assertThat(ofFolder.chain().roundAnchors()).isEqualTo(TWO);
    assertThat(ofFolder.folder()).contains(folder);
    var ofFile = connection("--swarm", file.toString());
    assertThat(ofFile.kafka()).isEqualTo(ofFolder.kafka());
    assertThat(ofFile.chain()).isEqualTo(ofFolder.chain());
    assertThat(ofFile.folder()).isEqualTo(ofFolder.folder());
  }

  @Test
  void takesSeveralNodesMembersAndAnIdentity() throws IOException {
    Files.writeString(file, Files.readString(file) + "swarm-members=%s\n".formatted(TWO));

    var connection =
        connection(
            "--swarm",
            folder.toString(),
            "--chain",
            "https://a.example/rpc, https://b.example/rpc",
            "--identity",
            folder.toString());

    assertThat(connection.chain().rpcUrl())
        .isEqualTo("https://a.example/rpc, https://b.example/rpc");
    assertThat(connection.chain().swarmMembers()).isEqualTo(TWO);
    assertThat(connection.chain().identityFolder()).isEqualTo(folder.toString());
    assertThat(connection("--swarm", folder.toString(), "--swarm-members", ONE).chain())
        .satisfies(chain -> assertThat(chain.swarmMembers()).isEqualTo(ONE));
  }

  @Test
  void keepsTheMembersInTheFile() throws IOException {
    SwarmProperties written = new SwarmProperties("broker:1", "http://node:1", ONE, TWO, ONE, null);
    written.writeTo(folder);

    assertThat(SwarmProperties.in(folder)).isEqualTo(written);
    assertThat(written.chainOptions().hasMembers()).isTrue();
    assertThat(
            new SwarmProperties("broker:1", "http://node:1", ONE, TWO).chainOptions().hasMembers())
        .isFalse();
  }

  @Test
  void takesAFileOfAnyNameForItsAddresses() throws IOException {
    Path other = Files.move(file, folder.resolve("production.properties"));

    var connection = connection("--swarm", other.toString());

    assertThat(connection.kafka().bootstrapServers()).isEqualTo("broker:1");
    assertThat(connection.folder()).isEmpty();
  }

  @Test
  void anAddressOverrulesTheSwarmsAndLeavesItsFolder() {
    var connection = connection("--swarm", folder.toString(), "--kafka", "other:2");

    assertThat(connection.kafka().bootstrapServers()).isEqualTo("other:2");
    assertThat(connection.chain().rpcUrl()).isEqualTo("http://node:1");
    assertThat(connection.folder()).isEmpty();
  }

  @Test
  void aPropertyOverrulesTheConfigurationFile() throws IOException {
    Path config = Files.writeString(folder.resolve("tls"), "a=1\nb=1\nssl.key.password=secret\n");

    var connection =
        connection(
            "--swarm",
            folder.toString(),
            "--kafka-config",
            config.toString(),
            "--kafka-property",
            "b=2");

    assertThat(connection.kafka().clientProperties())
        .containsEntry("a", "1")
        .containsEntry("b", "2")
        .containsEntry("ssl.key.password", "secret");
    assertThat(connection.folder()).contains(folder);
  }

  @Test
  void refusesASecretOnTheCommandLine() {
    assertThatThrownBy(
            () ->
                connection(
                    "--swarm", folder.toString(), "--kafka-property", "ssl.key.password=hunter2"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("--kafka-config FILE")
        .hasMessageNotContaining("hunter2");
  }

  @Test
  void usesTheLocalSwarmOnlyWhenNoneIsNamed() {
    assertThat(parsed().connection(Optional.of(folder)).folder()).contains(folder);
    assertThatThrownBy(() -> parsed("--swarm", "nowhere").connection(Optional.of(folder)))
        .hasMessage("--swarm must name a folder with swarm.properties, or that file, got nowhere");
  }

  @Test
  void namesWhatIsMissingAndWhereItLooked() throws IOException {
    assertThatThrownBy(() -> connection()).hasMessageStartingWith("--kafka is missing; give ");
    assertThatThrownBy(() -> parsed().connection(Optional.of(folder.resolve("stopped"))))
        .hasMessageStartingWith(
            "--kafka is missing, and no local swarm is running; start one with './swarm up'");
    Files.writeString(file, "kafka=broker:1\n");
    assertThatThrownBy(() -> connection("--swarm", folder.toString()))
        .hasMessageStartingWith("--chain is missing, and " + file + " has no 'chain'");
  }

  @Test
  void startsAtBlockZeroByDefault() {
    assertThat(connection("--swarm", folder.toString()).chain().startBlock()).isZero();
    assertThat(
            connection("--swarm", folder.toString(), "--chain-start-block", "7")
                .chain()
                .startBlock())
        .isEqualTo(7);
  }
}
