package io.swarmstream.connectors.chain;

import static io.swarmstream.testkit.real.DevChain.anchor;
import static org.assertj.core.api.Assertions.assertThat;

import io.swarmstream.schemas.Anchor;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnchorQueueTest {
  private static final Duration NO_PATIENCE = Duration.ZERO;
  private static final Anchor FIRST = anchor("a", 0, "record 0");
  private static final Anchor SECOND = anchor("a", 1, "record 1");

  private final AnchorQueue queue = new AnchorQueue();

  @Test
  void countsWhatIsHaltedAndKeepsOnlyTheRoundThatLedToIt() throws Exception {
    queue.receive(FIRST);
    queue.receive(SECOND);
    queue.receive(anchor("b", 0, "record 0"));

    queue.halt("a", 0);
    queue.receive(anchor("a", 2, "record 2"));

    assertThat(queue.halted()).isEqualTo(1);
    assertThat(queue.all()).containsExactly(FIRST, anchor("b", 0, "record 0"));
    assertThat(queue.take(NO_PATIENCE)).contains(anchor("b", 0, "record 0"));
  }

  @Test
  void countsAsPendingWhatIsNotAnchored() {
    queue.receive(FIRST);
    queue.receive(SECOND);
    assertThat(queue.pending()).isEqualTo(2);

    queue.anchored(FIRST);

    assertThat(queue.pending()).isEqualTo(1);
    assertThat(queue.halted()).isZero();
  }

  @Test
  void putsRoundsInOrderHoweverTheyCome() throws Exception {
    queue.restore(List.of(SECOND, FIRST));

    assertThat(queue.take(NO_PATIENCE)).contains(FIRST);
  }

  @Test
  void servesContractsInTurn() throws Exception {
    Anchor other = anchor("b", 0, "record 0");
    queue.restore(List.of(FIRST, SECOND, other));
    queue.anchored(FIRST);

    assertThat(queue.take(NO_PATIENCE)).contains(other);
  }
}
