package io.swarmstream.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SwarmSupervisorTest {
  private final List<String> said = new ArrayList<>();
  private final FakeClock clock = new FakeClock();
  private final Fake broker = new Fake("the Kafka broker");
  private final Fake chain = new Fake("the Ethereum node");
  private final SwarmSupervisor watch =
      new SwarmSupervisor(List.of(broker, chain), said::add, clock);

  @Test
  void saysNothingWhileAllWorks() throws Exception {
    checkFor(Duration.ofMinutes(1));

    assertThat(said).isEmpty();
  }

  @Test
  void startsAPartAgainAndSaysWhichSinceWhenAndThatItIsBack() throws Exception {
    checkFor(Duration.ofSeconds(10));
    chain.trouble = Watched.Trouble.certain("its process has ended");
    chain.isMendedByARestart = true;
    checkFor(Duration.ofSeconds(4));

    assertThat(said)
        .containsExactly(
            "00:00:12 the Ethereum node is down since 00:00:12: its process has ended; starting it"
                + " again (1 of 3)",
            "00:00:14 the Ethereum node is up again, after 2 s");
  }

  @Test
  void tellsOthersWhatIsTroubledSinceWhenAndWhatIsDoneAboutIt() throws Exception {
    checkFor(Duration.ofSeconds(10));
    assertThat(watch.troubled()).isEmpty();
    chain.trouble = new Watched.Trouble("it does not answer", Duration.ofSeconds(5));
    checkFor(Duration.ofSeconds(2));
    assertThat(watch.troubled())
        .containsEntry(
            "the Ethereum node",
            new SwarmSupervisor.Standing(
                Instant.EPOCH.plusSeconds(12),
                false,
                "the Ethereum node: it does not answer; it is started again if that lasts"));
    checkFor(Duration.ofSeconds(6));
    assertThat(watch.troubled().values())
        .singleElement()
        .satisfies(
            standing -> {
              assertThat(standing.isDown()).isTrue();
              assertThat(standing.sentence()).endsWith("it is being started again (1 of 3)");
            });
    chain.trouble = null;
    checkFor(Duration.ofSeconds(2));
    assertThat(watch.troubled()).isEmpty();
  }

  @Test
  void givesUpAPartThatDoesNotComeBack() throws Exception {
    broker.trouble = Watched.Trouble.certain("it has stopped");
    broker.failure = new IllegalStateException("port 9092 is taken");

    assertThatThrownBy(() -> checkFor(Duration.ofMinutes(5)))
        .isInstanceOf(SwarmSupervisor.PartLostException.class)
        .hasMessageContainingAll(
            "the Kafka broker is down since 00:00:02", "3 times", "port 9092 is taken");
    assertThat(broker.restarts).isEqualTo(SwarmSupervisor.ATTEMPTS);
  }

  @Test
  void givesUpAPartThatFailsAgainAndAgain() {
    assertThatThrownBy(
            () -> {
              for (int i = 0; i < 10; i++) {
                chain.trouble = Watched.Trouble.certain("its process has ended");
                chain.isMendedByARestart = true;
                checkFor(Duration.ofMinutes(1));
              }
            })
        .isInstanceOf(SwarmSupervisor.PartLostException.class);
    assertThat(chain.restarts).isEqualTo(SwarmSupervisor.ATTEMPTS);
  }

  @Test
  void forgetsFailuresOfLongAgo() throws Exception {
    for (int i = 0; i < 10; i++) {
      chain.trouble = Watched.Trouble.certain("its process has ended");
      chain.isMendedByARestart = true;
      checkFor(SwarmSupervisor.RECOVERED.plusMinutes(1));
    }

    assertThat(chain.restarts).isEqualTo(10);
  }

  @Test
  void leavesASlowPartAlone() throws Exception {
    chain.trouble = new Watched.Trouble("it does not answer", Duration.ofSeconds(20));
    checkFor(Duration.ofSeconds(16));
    chain.trouble = null;
    checkFor(Duration.ofSeconds(2));
    chain.trouble = new Watched.Trouble("it does not answer", Duration.ofSeconds(20));
    checkFor(Duration.ofSeconds(16));
    assertThat(said).isEmpty();

    checkFor(Duration.ofSeconds(10));
    assertThat(chain.restarts).isPositive();
  }

  @Test
  void startsFirstWhatOthersNeed() throws Exception {
    broker.trouble = Watched.Trouble.certain("it has stopped");
    broker.isMendedByARestart = true;
    chain.trouble = Watched.Trouble.certain("its process has ended");
    checkFor(Duration.ofSeconds(2));
    assertThat(chain.restarts).isZero();

    checkFor(Duration.ofSeconds(2));
    assertThat(chain.restarts).isEqualTo(1);
  }

  private void checkFor(Duration duration) throws InterruptedException {
    for (long second = 0; second < duration.toSeconds(); second += 2) {
      clock.now = clock.now.plusSeconds(2);
      watch.check();
    }
  }

  private static final class Fake implements Watched {
    private final String name;
    private @Nullable Trouble trouble;
    private @Nullable Exception failure;
    private boolean isMendedByARestart;
    private int restarts;

    Fake(String name) {
      this.name = name;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public Optional<Trouble> trouble() {
      return Optional.ofNullable(trouble);
    }

    @Override
    public void restart() throws Exception {
      restarts++;
      if (failure != null) {
        throw failure;
      }
      if (isMendedByARestart) {
        trouble = null;
      }
    }
  }

  private static final class FakeClock extends Clock {
    private Instant now = Instant.EPOCH;

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now;
    }
  }
}
