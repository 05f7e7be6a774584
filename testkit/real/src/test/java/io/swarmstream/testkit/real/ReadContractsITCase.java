package io.swarmstream.testkit.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmstream.clients.chain.ChainClient;
import io.swarmstream.clients.chain.ChainException;
import io.swarmstream.clients.chain.ChainLimitException;
import io.swarmstream.clients.chain.ChainOptions;
import io.swarmstream.clients.chain.ChainUnreachableException;
import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.signing.SiteKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

@SuppressWarnings("NullAway.Init")
class ReadContractsITCase {
  private static DevChain chain;

  @BeforeAll
  static void start() {
    chain = DevChain.shared();
  }

  @Test
  void saysThatNoSmartContractIsAtTheAddress() {
    String elsewhere = DevChain.site(99);
    ChainOptions wrong = ChainOptions.of(chain.anvil.url(), elsewhere, elsewhere);

    try (ChainClient client = ChainClient.reading(wrong)) {
      assertThatThrownBy(() -> client.registry().terms("mnist"))
          .isExactlyInstanceOf(ChainException.class)
          .hasMessageContaining("read the terms of contract mnist")
          .hasMessageContaining("no smart contract answers at " + elsewhere);
    }
  }

  @Test
  void saysThatTheChainIsAway() {
    ChainOptions nobody =
        ChainOptions.of(
            "http://127.0.0.1:1/v3/secret-key",
            chain.options.trainingContracts(),
            chain.options.roundAnchors());

    try (ChainClient client = ChainClient.reading(nobody)) {
      assertThatThrownBy(() -> client.registry().sites("mnist"))
          .isInstanceOf(ChainUnreachableException.class)
          .hasMessageContaining("read the sites of contract mnist")
          .hasMessageContaining("http://127.0.0.1:1 ")
          .hasMessageNotContaining("secret-key");
    }
  }

  @Test
  void saysWhatTheNodeSaidWhenAnAccountCannotPay() {
    try (ChainClient poor = ChainClient.signing(chain.options, SiteKey.ofSeed(1))) {
      assertThatThrownBy(
              () ->
                  poor.administration()
                      .createContract(
                          chain.terms("unpaid"), DevChain.LAYOUT, chain.coordinatorAddress()))
          .isExactlyInstanceOf(ChainLimitException.class)
          .hasMessageContaining("create contract unpaid")
          .hasMessageContainingAll("nsufficient funds");
    }
  }

  @Test
  void refusesToSendWithoutAnAccount() {
    try (ChainClient reading = ChainClient.reading(chain.options)) {
      assertThatThrownBy(() -> reading.administration().removeSite("mnist", DevChain.site(1)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("ChainClient.signing");
    }
  }

  @Test
  void hasNothingOfAnUnknownContract() {
    assertThat(chain.owner.registry().terms("nowhere")).isEmpty();
    assertThat(chain.owner.registry().layout("nowhere")).isEmpty();
    assertThat(chain.owner.registry().owner("nowhere")).isEmpty();
    assertThat(chain.owner.registry().sites("nowhere")).isEmpty();
    assertThat(chain.owner.anchors().anchor("nowhere", 0)).isEmpty();
    assertThat(chain.owner.anchors().nextRound("nowhere")).isZero();
  }

  @Test
  void listsContractsInTheOrderOfTheirCreationOverSeveralPages() {
    List<String> created = new ArrayList<>(chain.owner.registry().names());
    for (int i = 0; i < 101; i++) {
      created.add(chain.newContract());
    }

    assertThat(chain.stranger.registry().names()).isEqualTo(created);
  }

  @Test
  void namesItsNetworkByChainFirstBlockAndAddress() throws Exception {
    Object block = chain.ask("eth_getBlockByNumber", "0x0", false);
    String genesis = String.valueOf(((Map<?, ?>) block).get("hash")).substring(2);
    assertThat(chain.owner.network())
        .isEqualTo("eip155:31337:" + genesis + ":" + chain.options.trainingContracts())
        .matches("eip155:31337:[0-9a-f]{64}:0x[0-9a-f]{40}");
  }

  /** Everything else is the same on both: id, accounts, addresses, names, terms. */
  @Test
  void termsOfOneDevelopmentChainAreNotThoseOfAnother() {
    try (DevChain other = new DevChain()) {
      assertThat(other.options.trainingContracts()).isEqualTo(chain.options.trainingContracts());
      for (DevChain one : List.of(chain, other)) {
        one.owner
            .administration()
            .createContract(one.terms("both"), DevChain.LAYOUT, one.coordinatorAddress());
      }
      ContractTerms here = chain.owner.registry().terms("both").orElseThrow();
      ContractTerms there = other.owner.registry().terms("both").orElseThrow();
      assertThat(there.hash()).isNotEqualTo(here.hash());
      assertThatThrownBy(
              () ->
                  other
                      .owner
                      .administration()
                      .createContract(
                          chain.terms("replayed"), DevChain.LAYOUT, other.coordinatorAddress()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(here.network())
          .hasMessageContaining(there.network());
    }
  }
}
