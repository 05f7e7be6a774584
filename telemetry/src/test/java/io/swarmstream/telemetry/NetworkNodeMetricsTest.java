package io.swarmstream.telemetry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.swarmstream.testkit.MonitoredMetrics;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NetworkNodeMetricsTest {
  /** A node in the middle of a training. */
  private static class Facts implements NetworkNodeFacts {
    @Override
    public String name() {
      return "org-\"a\"";
    }

    @Override
    public String version() {
      return "1";
    }

    @Override
    public Instant startedAt() {
      return Instant.ofEpochSecond(1_000);
    }

    @Override
    public Optional<Instant> certificateExpires() {
      return Optional.of(Instant.ofEpochSecond(2_000));
    }

    @Override
    public long chainHeight() {
      return 17;
    }

    @Override
    public Instant newestBlockAt() {
      return Instant.ofEpochSecond(1_500);
    }

    @Override
    public int peers() {
      return 2;
    }

    @Override
    public Map<String, Integer> members() {
      return Map.of("active", 4);
    }

    @Override
    public Map<String, Long> rounds() {
      return Map.of("digits", 7L);
    }

    @Override
    public Map<String, Long> anchors() {
      return Map.of("digits", -1L);
    }
  }

  private static String scrape(NetworkNodeFacts facts) {
    return new String(new NetworkNodeMetrics(facts).page().bytes(), UTF_8);
  }

  @Test
  void reportsWhatTheNodeKnows() {
    assertThat(scrape(new Facts()).lines().filter(line -> !line.startsWith("#")))
        .containsExactlyInAnyOrder(
            "swarmstream_network_node_info{node=\"org-\\\"a\\\"\",version=\"1\"} 1",
            "swarmstream_network_start_time_seconds 1000.0",
            "swarmstream_network_certificate_expiry_time_seconds 2000.0",
            "swarmstream_network_chain_height 17.0",
            "swarmstream_network_chain_block_time_seconds 1500.0",
            "swarmstream_network_chain_peers 2.0",
            "swarmstream_network_members{status=\"active\"} 4.0",
            "swarmstream_network_round{contract=\"digits\"} 7.0",
            "swarmstream_network_anchored_round{contract=\"digits\"} -1.0");
  }

  @Test
  void reportsWhatDashboardAndAlertsName() {
    assertThat(MonitoredMetrics.reportedBy(scrape(new Facts())))
        .containsAll(MonitoredMetrics.startingWith("swarmstream_network_"));
  }

  @Test
  void reportsTheRestWhenTheChainDoesNotAnswer() {
    String page =
        scrape(
            new Facts() {
              @Override
              public long chainHeight() {
                throw new IllegalStateException("no answer");
              }
            });

    assertThat(page)
        .doesNotContain("swarmstream_network_chain_height 17")
        .contains("swarmstream_network_chain_peers 2.0", "swarmstream_network_round{");
  }
}
