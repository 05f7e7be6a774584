package io.swarmstream.clients.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmstream.testkit.Serialized;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ChainOptionsTest {
  private static final String ADDRESS = "0x" + "Ab".repeat(20);

  @Test
  void refusesWhatIsNoAddress() {
    assertThatThrownBy(() -> ChainOptions.of("http://127.0.0.1:8545", "0x12", ADDRESS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("trainingContracts is \"0x12\"");
  }

  @Test
  void refusesAUrlWithoutSayingIt() {
    assertThatThrownBy(() -> ChainOptions.of("ftp://host/secret", ADDRESS, ADDRESS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("rpcUrl")
        .hasMessageNotContaining("secret");
  }

  @Test
  void refusesIntervalsThatAreNotPositive() {
    ChainOptions options = ChainOptions.of("http://127.0.0.1:8545", ADDRESS, ADDRESS);

    assertThatThrownBy(() -> options.withPollInterval(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("pollInterval");
  }

  @Test
  void keepsTheSecretOfAUrlToItself() {
    assertThat(ChainOptions.of("https://node.example/v3/secret", ADDRESS, ADDRESS))
        .asString()
        .contains("https://node.example,")
        .contains(ADDRESS.toLowerCase(java.util.Locale.ROOT))
        .doesNotContain("secret");
  }

  @Test
  void takesSeveralNodesAndHidesTheSecretOfEach() {
    ChainOptions options =
        ChainOptions.of("https://a.example/one, http://b.example:8545/two", ADDRESS, ADDRESS);

    assertThat(options)
        .asString()
        .contains("https://a.example or http://b.example:8545,")
        .doesNotContain("one")
        .doesNotContain("two");
    assertThatThrownBy(() -> ChainOptions.of("https://a.example,", ADDRESS, ADDRESS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("several with commas");
  }

  @Test
  void refusesMembersWithoutAnAddress() {
    ChainOptions options = ChainOptions.of("http://127.0.0.1:8545", ADDRESS, ADDRESS);

    assertThat(options.hasMembers()).isFalse();
    assertThatThrownBy(() -> options.withMembers("hospital-a"))
        .hasMessageContaining("swarmMembers is \"hospital-a\"");
    try (ChainClient client = ChainClient.reading(options)) {
      assertThatThrownBy(client::members).hasMessageContaining("give --swarm-members");
    }
  }

  @Test
  void travelsWithTheJob() throws Exception {
    ChainOptions options =
        ChainOptions.of("http://127.0.0.1:8545", ADDRESS, ADDRESS)
            .withMembers(ADDRESS)
            .withTls(Path.of("/etc/swarmstream/identity"))
            .withConfirmations(12);

    assertThat(Serialized.copy(options)).isEqualTo(options);
  }
}
