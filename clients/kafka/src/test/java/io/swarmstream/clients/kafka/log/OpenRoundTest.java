package io.swarmstream.clients.kafka.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmstream.schemas.avro.RoundNotice;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpenRoundTest {
  @Test
  void namesThoseThatAreMissing() {
    assertThat(OpenRound.waitsFor(1, 2, List.of("b"), 1, List.of())).isEqualTo("b");
    assertThat(OpenRound.waitsFor(1, 2, List.of("b"), 1, List.of("c"))).isEqualTo("b; away is c");
    assertThat(OpenRound.waitsFor(3, 2, List.of("b", "c"), 7, List.of("d")))
        .isEqualTo("b, c and 5 more");
  }

  @Test
  void saysHowManyMoreAreNeededAndHowTheyJoin() {
    assertThat(OpenRound.waitsFor(1, 2, List.of(), 0, List.of()))
        .isEqualTo(
            "1 more site is needed: no other is enrolled, have the contract's owner enrol it and"
                + " start its trainer");
    assertThat(OpenRound.waitsFor(1, 4, List.of("b"), 1, List.of()))
        .isEqualTo(
            "b; 2 more sites are needed: no other is enrolled, have the contract's owner enrol them"
                + " and start their trainers");
    assertThat(OpenRound.waitsFor(1, 2, List.of(), 0, List.of("b")))
        .isEqualTo("1 more site is needed: start the trainer of b, which is away");
    assertThat(OpenRound.waitsFor(1, 4, List.of(), 0, List.of("b", "c")))
        .isEqualTo(
            "3 more sites are needed: start the trainers of b, c, which are away, and enrol more");
  }

  @Test
  void waitsForNobodyOnceEnoughAreIn() {
    assertThat(OpenRound.waitsFor(2, 2, List.of(), 0, List.of("c"))).isEqualTo("the merge");
  }

  @Test
  void readsOnceWhetherSomebodyIsNamedOrMoreAreNeeded() {
    assertThat(OpenRound.inWords(notice(List.of("b"))))
        .isEqualTo("round 3 has 1 of at least 2 contributions; it waits for b");
    assertThat(OpenRound.inWords(notice(List.of())))
        .startsWith("round 3 has 1 of at least 2 contributions; 1 more site is needed: ");
  }

  private static RoundNotice notice(List<String> missing) {
    return RoundNotice.newBuilder()
        .setContract("c")
        .setRound(3)
        .setContributed(1)
        .setMinPeers(2)
        .setMissing(missing)
        .setMissingCount(missing.size())
        .setAbsent(List.of())
        .setClosesAtMs(-1)
        .setFence("")
        .setAtMs(0)
        .build();
  }
}
