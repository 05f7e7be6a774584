package io.swarmstream.operators.coordination;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.junit.jupiter.api.Test;

class RoundGaugesTest {
  private final Group metrics = new Group("", new HashMap<>());
  private final AtomicLong clockMs = new AtomicLong(10_000);
  private final RoundGauges gauges = new RoundGauges(metrics, clockMs::get);

  @Test
  void saysHowOldARoundIsAndForWhomItWaits() {
    gauges.note("digits", RoundState.fenced(10_000).firstOpened(12_000));
    gauges.noteSites("digits", 1, 2, 3, 4);
    clockMs.set(75_500);

    assertThat(metrics.value("contract.digits.round")).isEqualTo(0L);
    assertThat(metrics.value("contract.digits.roundAgeSeconds")).isEqualTo(63L);
    assertThat(metrics.value("contract.digits.contributedSites")).isEqualTo(1);
    assertThat(metrics.value("contract.digits.waitingForSites")).isEqualTo(2);
    assertThat(metrics.value("contract.digits.liveSites")).isEqualTo(3);
    assertThat(metrics.value("contract.digits.absentSites")).isEqualTo(4);
    assertThat(metrics.value("contract.digits.halted")).isEqualTo(0);
  }

  @Test
  void waitsForNobodyWhileItSeals() {
    RoundState open = RoundState.fenced(10_000).firstOpened(12_000);
    gauges.note("digits", open);
    gauges.noteSites("digits", 2, 1, 3, 0);

    gauges.note("digits", open.planned().sealing());

    assertThat(metrics.value("contract.digits.waitingForSites")).isEqualTo(0);
  }

  @Test
  void showsAContractThatIsHalted() {
    gauges.note("digits", RoundState.fenced(10_000).halted());

    assertThat(metrics.value("contract.digits.halted")).isEqualTo(1);
  }

  @Test
  void keepsContractsApart() {
    RoundState open = RoundState.fenced(10_000).firstOpened(12_000);
    gauges.note("a", open);
    gauges.note("b", open.planned().sealing().nextOpened("00", 13_000));

    assertThat(gauges.knows("a")).isTrue();
    assertThat(gauges.knows("c")).isFalse();
    assertThat(metrics.value("contract.a.round")).isEqualTo(0L);
    assertThat(metrics.value("contract.b.round")).isEqualTo(1L);
  }

  /** Remembers gauges by their path. */
  private static final class Group extends UnregisteredMetricsGroup {
    private final String path;
    private final Map<String, Gauge<?>> gauges;

    Group(String path, Map<String, Gauge<?>> gauges) {
      this.path = path;
      this.gauges = gauges;
    }

    @Override
    public MetricGroup addGroup(String key, String value) {
      return new Group(path + key + "." + value + ".", gauges);
    }

    @Override
    public <T, G extends Gauge<T>> G gauge(String name, G gauge) {
      gauges.put(path + name, gauge);
      return gauge;
    }

    Object value(String of) {
      return Objects.requireNonNull(gauges.get(of), of).getValue();
    }
  }
}
