package io.swarmstream.clients.kafka.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmstream.clients.kafka.DeadlineException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class BulletinTest {
  private final Bulletin bulletin = new Bulletin();
  private final List<String> known = new ArrayList<>();

  @Test
  void answersAtOnceWhatIsKnown() throws Exception {
    known.add("x");
    assertThat(await(Duration.ZERO)).isEqualTo("x");
  }

  @Test
  void wakesThoseWhoWait() throws Exception {
    CompletableFuture<String> waiting = waitInAnotherThread();
    bulletin.publish(() -> known.add("x"));
    assertThat(waiting.get(10, TimeUnit.SECONDS)).isEqualTo("x");
  }

  @Test
  void saysAtTheDeadlineWhatWasWaitedForAndWhatIsKnown() {
    assertThatThrownBy(() -> await(Duration.ofMillis(10)))
        .isInstanceOf(DeadlineException.class)
        .hasMessage("the letter did not come within 10 ms; nothing is known");
  }

  @Test
  void tellsThoseWhoWaitThatNothingMoreComes() {
    CompletableFuture<String> waiting = waitInAnotherThread();
    bulletin.end(new IllegalStateException("the post office burnt down"));
    assertThatThrownBy(() -> waiting.get(10, TimeUnit.SECONDS))
        .hasRootCauseMessage("the post office burnt down")
        .hasMessageContaining("the letter will not come");
  }

  private String await(Duration deadline) throws InterruptedException {
    return bulletin.await(
        "the letter",
        Deadline.in(deadline),
        () -> known.isEmpty() ? Optional.empty() : Optional.of(known.get(0)),
        () -> "nothing is known");
  }

  private CompletableFuture<String> waitInAnotherThread() {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return await(Duration.ofSeconds(10));
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
  }
}
