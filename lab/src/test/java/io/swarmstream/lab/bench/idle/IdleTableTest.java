package io.swarmstream.lab.bench.idle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.swarmstream.lab.bench.machine.Machine;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class IdleTableTest {
  @Test
  void showsTheFastestStartAndEachPart() {
    StringWriter text = new StringWriter();

    IdleTable.print(
        new IdleResult(
            Machine.here(),
            List.of(new IdleResult.Start(7.5, 11), new IdleResult.Start(5.9, 10)),
            new IdleResult.Start(2.1, 2.5),
            60,
            30,
            List.of(new IdleResult.Part("swarm site", 0.32, 151.4))),
        new PrintWriter(text, true));

    assertThat(text.toString())
        .containsPattern("swarm up, fastest of 2 +5\\.9 +10\\.0")
        .containsPattern("idle for 30 s +CPU, % of a core +resident, MiB")
        .containsPattern("swarm site +0\\.3 +151");
  }

  @Test
  void refusesToMeasureNothing() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new IdleBenchmark.Options(0, Duration.ZERO, Duration.ofSeconds(1)))
        .withMessageContaining("--starts is 0");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new IdleBenchmark.Options(1, Duration.ofSeconds(-1), Duration.ofSeconds(1)))
        .withMessageContaining("--settle is -1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new IdleBenchmark.Options(1, Duration.ZERO, Duration.ZERO))
        .withMessageContaining("--seconds is 0");
  }
}
