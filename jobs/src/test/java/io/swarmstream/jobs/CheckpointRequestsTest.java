package io.swarmstream.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class CheckpointRequestsTest {
  private final List<CompletableFuture<Void>> checkpoints = new ArrayList<>();
  private final Queue<Runnable> due = new ArrayDeque<>();
  private final CheckpointRequests requests =
      new CheckpointRequests(
          () -> {
            checkpoints.add(new CompletableFuture<>());
            return checkpoints.get(checkpoints.size() - 1);
          },
          pause -> due::add);

  @Test
  void asksAtOnce() {
    requests.now();

    assertThat(checkpoints).hasSize(1);
  }

  @Test
  void whoComesMeanwhileGetsTheNextOne() {
    requests.now();
    requests.now();
    requests.now();
    assertThat(checkpoints).hasSize(1);

    checkpoints.get(0).complete(null);
    assertThat(checkpoints).hasSize(2);

    checkpoints.get(1).complete(null);
    assertThat(checkpoints).hasSize(2);
  }

  @Test
  void whatCameToNothingIsAskedForAgainLater() {
    requests.now();
    checkpoints.get(0).completeExceptionally(new IllegalStateException("not all tasks run"));
    assertThat(checkpoints).hasSize(1);

    due.remove().run();
    assertThat(checkpoints).hasSize(2);

    checkpoints.get(1).complete(null);
    assertThat(checkpoints).hasSize(2);
    assertThat(due).isEmpty();
  }

  @Test
  void whoCameWhileOneFailedIsServedToo() {
    requests.now();
    requests.now();
    checkpoints.get(0).completeExceptionally(new IllegalStateException("declined"));

    due.remove().run();

    assertThat(checkpoints).hasSize(2);
  }

  @Test
  void allWhoCanWaitShareOne() {
    requests.soon();
    requests.soon();
    assertThat(checkpoints).isEmpty();
    assertThat(due).hasSize(1);

    due.remove().run();
    assertThat(checkpoints).hasSize(1);
  }

  @Test
  void whoCanWaitGetsOneThatBeginsAfterHeCame() {
    requests.now();
    requests.soon();
    due.remove().run();
    assertThat(checkpoints).hasSize(1);

    checkpoints.get(0).complete(null);
    assertThat(checkpoints).hasSize(2);
  }

  @Test
  void whoCanWaitTakesOneThatWasDueAnyway() {
    requests.soon();
    requests.begun();
    due.remove().run();

    assertThat(checkpoints).isEmpty();
  }

  @Test
  void nobodyHasToWaitForACheckpointThatBeganBeforeHeCame() {
    requests.now();
    requests.begun();
    requests.now();

    checkpoints.get(0).complete(null);
    assertThat(checkpoints).hasSize(2);
  }

  @Test
  void whoComesBeforeItBeginsIsInIt() {
    requests.now();
    requests.now();
    requests.begun();

    checkpoints.get(0).complete(null);
    assertThat(checkpoints).hasSize(1);
  }

  @Test
  void whoCannotWaitDoesNotWaitForWhoCan() {
    requests.now();
    requests.soon();
    requests.now();

    checkpoints.get(0).complete(null);
    assertThat(checkpoints).hasSize(2);
  }

  @Test
  void oneThatIsAbortedIsMadeUpFor() {
    requests.soon();
    requests.begun();
    requests.aborted();
    due.remove().run();

    assertThat(checkpoints).hasSize(1);
  }

  @Test
  void asksForNothingWhenClosed() {
    requests.soon();
    requests.close();
    due.remove().run();
    requests.now();

    assertThat(checkpoints).isEmpty();
  }
}
