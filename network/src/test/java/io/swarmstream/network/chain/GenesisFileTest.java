package io.swarmstream.network.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GenesisFileTest {
  private static final String ONE = "0x" + "11".repeat(20);
  private static final String TWO = "0x" + "22".repeat(20);

  private final GenesisFile genesis =
      new GenesisFile(
          77, 5, 1, List.of(TWO, ONE), Map.of(TWO, BigInteger.TEN, ONE, BigInteger.TWO));

  @Test
  void readsWhatItWrites() {
    assertThat(GenesisFile.parse(genesis.json())).isEqualTo(genesis);
    assertThat(GenesisFile.parse(genesis.json()).json()).isEqualTo(genesis.json());
  }

  @Test
  void sortsSealersBecauseCliqueWantsThemAscending() {
    assertThat(genesis.sealers()).containsExactly(ONE, TWO);
    assertThat(genesis.json()).contains("11".repeat(20) + "22".repeat(20) + "00".repeat(65));
  }

  @Test
  void itsHashCoversTheRulesToo() {
    assertThat(genesis.hash()).hasSize(66).isEqualTo(GenesisFile.parse(genesis.json()).hash());
    assertThat(genesis.withChainId(78).hash()).isNotEqualTo(genesis.hash());
    assertThat(genesis.withPeriodSeconds(2).hash()).isNotEqualTo(genesis.hash());
  }

  @Test
  void newChainsDiffer() {
    GenesisFile one = GenesisFile.fresh(ONE, List.of(TWO, ONE));
    assertThat(one.hash()).isNotEqualTo(GenesisFile.fresh(ONE, List.of(TWO, ONE)).hash());
    assertThat(one.balances()).containsOnlyKeys(ONE, TWO);
    assertThat(one.sealers()).containsExactly(ONE);
    assertThat(one.periodSeconds()).isEqualTo(1);
  }

  @Test
  void refusesAFileThatItWouldNotHaveWritten() {
    for (String other :
        List.of(
            "",
            "null",
            "{}",
            "[]",
            "nonsense",
            genesis.json().replace("\"londonBlock\" : 0", "\"londonBlock\" : 9"),
            genesis.json().replace("\"period\" : 1", "\"period\" : 2"),
            genesis.json().replace("\"period\" : 1", "\"period\" : 1e9"),
            genesis.json().replace("\"homesteadBlock\"", "\"shanghaiTime\""),
            genesis.json().replace("\"balance\"", "\"code\" : \"0x00\", \"balance\""),
            genesis.json().replace("11".repeat(20), "1"))) {
      assertThatThrownBy(() -> GenesisFile.parse(other))
          .as(other)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("no genesis of a chain of Swarmstream");
    }
  }

  @Test
  void refusesValuesOutOfRange() {
    assertThatThrownBy(() -> genesis.withChainId(0)).hasMessageContaining("chain id is 0");
    assertThatThrownBy(() -> genesis.withPeriodSeconds(-1)).hasMessageContaining("period is -1");
    assertThatThrownBy(() -> new GenesisFile(1, 1, 1, List.of(), Map.of()))
        .hasMessageContaining("number of sealers is 0");
    assertThatThrownBy(() -> new GenesisFile(1, 1, 1, List.of("0x1"), Map.of()))
        .hasMessageContaining("account is 0x1");
  }
}
