package io.swarmstream.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.swarmstream.testkit.ChainState;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnvilITCase {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  @TempDir Path folder;

  @Test
  void saysWhatAnvilSaidWhenItDoesNotStart() throws IOException {
    Path state = folder.resolve("state.json");
    Genesis.of(state);
    Files.writeString(state, "torn");

    assertThatThrownBy(() -> Anvil.start(Anvil.Options.DEFAULT.withState(state)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("state.json");
  }

  @Test
  void answersOnAPortOfItsOwn() throws Exception {
    try (Anvil one = Anvil.start();
        Anvil other = Anvil.start()) {
      assertThat(one.url()).isNotEqualTo(other.url());
      assertThat(ask(one, "eth_chainId")).contains("\"0x" + Long.toHexString(one.chainId()) + '"');
      assertThat(one.devKeys()).hasSize(10).isEqualTo(other.devKeys());
    }
  }

  @Test
  void comesBackAfterAStopAtTheSameAddressWithItsChain() throws Exception {
    try (Anvil anvil = Anvil.start(Anvil.Options.DEFAULT.withState(folder.resolve("state.json")))) {
      String url = anvil.url();
      ask(anvil, "evm_mine");
      anvil.stop();
      assertThat(anvil.isRunning()).isFalse();

      anvil.restart();

      assertThat(anvil.url()).isEqualTo(url);
      assertThat(ask(anvil, "eth_blockNumber")).contains("\"0x1\"");
    }
  }

  @Test
  void comesBackAfterAKillWithWhatItHadWritten() throws Exception {
    Path state = folder.resolve("state.json");
    try (Anvil anvil = Anvil.start(Anvil.Options.DEFAULT.withState(state))) {
      ask(anvil, "evm_mine");
      await().until(() -> ChainState.newestBlock(state) == 1);
      anvil.kill();

      anvil.restart();

      assertThat(ask(anvil, "eth_blockNumber")).contains("\"0x1\"");
    }
  }

  @Test
  void noTwoChainsBeginWithTheSameBlock() throws Exception {
    Genesis one = Genesis.fresh();
    Genesis other = new Genesis(one.timestamp(), Genesis.fresh().gasLimit());
    assertThat(other).isNotEqualTo(one);
    try (Anvil a = Anvil.start();
        Anvil b = Anvil.start()) {
      assertThat(firstBlock(a)).isNotEqualTo(firstBlock(b));
    }
  }

  /** Anvil itself adds a first block at each start, and from the second on takes any of them. */
  @Test
  void keepsItsFirstBlockHoweverOftenItComesBack() throws Exception {
    Path state = folder.resolve("state.json");
    try (Anvil anvil = Anvil.start(Anvil.Options.DEFAULT.withState(state))) {
      String first = firstBlock(anvil);
      for (int time = 1; time <= 5; time++) {
        ask(anvil, "evm_mine");
        if (time == 2) {
          await().until(() -> ChainState.newestBlock(state) == 2);
          anvil.kill();
        } else {
          anvil.stop();
        }
        anvil.restart();
        assertThat(firstBlock(anvil)).as("start " + time).isEqualTo(first);
        assertThat(ask(anvil, "eth_blockNumber")).contains("\"0x" + time + "\"");
      }
    }
  }

  @Test
  void refusesAChainOfABuildThatDidNotSayHowItBegan() throws Exception {
    Path state = Files.writeString(folder.resolve("state.json"), "{}");
    assertThatThrownBy(() -> Anvil.command(1, state))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("an earlier build made it")
        .hasMessageContaining("state.json");
  }

  private static String firstBlock(Anvil anvil) throws Exception {
    String block = ask(anvil, "eth_getBlockByNumber", "\"0x0\",false");
    return block.replaceAll(".*\"hash\":\"(0x[0-9a-f]{64})\".*", "$1");
  }

  @Test
  void leavesNoProcessWhenClosed() {
    Anvil anvil = Anvil.start();

    anvil.close();

    assertThat(anvil.isRunning()).isFalse();
    assertThatThrownBy(() -> ask(anvil, "eth_chainId")).isInstanceOf(ConnectException.class);
  }

  private static String ask(Anvil anvil, String method) throws Exception {
    return ask(anvil, method, "");
  }

  private static String ask(Anvil anvil, String method, String params) throws Exception {
    String body =
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\",\"params\":[" + params + "]}";
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(anvil.url()))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build();
    return HTTP.send(request, BodyHandlers.ofString()).body();
  }
}
