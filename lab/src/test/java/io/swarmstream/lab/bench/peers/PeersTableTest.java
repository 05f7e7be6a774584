package io.swarmstream.lab.bench.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PeersTableTest {
  private static Measured of(String system, Cell cell, double millis) {
    return new Measured(
        system,
        cell.sites(),
        cell.parameters(),
        null,
        10,
        millis,
        Double.NaN,
        60_000 / millis,
        0.5,
        3 << 20,
        1L << 30,
        Map.of());
  }

  @Test
  void saysWhoIsFastestAlsoWhenAnotherIs() {
    Cell small = new Cell(2, 10_000);
    Cell large = new Cell(8, 11_700_000);
    StringWriter out = new StringWriter();
    PeersTable.print(
        new PrintWriter(out),
        List.of(
            of("ours", small, 100),
            of("theirs", small, 5),
            Measured.missing("theirs", large, "did not finish in 120 s\nand more"),
            of("ours", large, 4_000)),
        List.of("ours", "theirs"));
    assertThat(out.toString().lines())
        .anyMatch(line -> line.matches("2 x 10k +ours +100 +– .*"))
        .anyMatch(line -> line.matches("2 x 10k +theirs \\* +5.0 +– +12,000.0 +0.500 +3.0 +1,024"))
        .anyMatch(line -> line.matches("8 x 11.7M +ours \\* +4,000 .*"))
        .anyMatch(line -> line.matches("8 x 11.7M +theirs +did not finish in 120 s"))
        .contains("theirs is fastest at 2 x 10k", "ours is fastest at 8 x 11.7M");
  }

  @Test
  void namesThePeersThatThereAre() {
    assertThat(Peer.named(List.of("nvflare", "flwr", "nvflare")))
        .containsExactly(Peer.NVFLARE, Peer.FLWR);
    assertThatThrownBy(() -> Peer.named(List.of("openfl")))
        .hasMessage("--peers has 'openfl'; there are flwr, flwr-grpc, nvflare, nvflare-collab");
  }

  @Test
  void writesSizesAsPeopleDo() {
    assertThat(new Cell(8, 11_700_000)).hasToString("8 x 11.7M");
    assertThat(new Cell(2, 50_000_000)).hasToString("2 x 50M");
    assertThat(new Cell(1, 999)).hasToString("1 x 999");
  }
}
