package io.swarmstream.site.node.session;

import io.swarmstream.schemas.rounds.CheckIn;
import io.swarmstream.site.Merged;
import io.swarmstream.site.Sent;
import io.swarmstream.site.node.problem.Failure;
import io.swarmstream.site.node.weights.ReceivedWeights;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Takes a sync through its round: sends the weights and waits for the merged model, or answers with
 * a model that is there already. Tells the {@code SyncDesk} of each step. Only the worker's thread
 * uses it.
 */
final class SyncRun {
  private final Contributor contributor;
  private final SyncDesk desk;
  private final SessionMemory memory;
  private final LastWeights last;
  private final Headers headers;

  /** When the trainer was given the newest model; null: it was given none yet. */
  private @Nullable Instant givenAt;

  SyncRun(
      Contributor contributor,
      SyncDesk desk,
      SessionMemory memory,
      LastWeights last,
      Headers headers) {
    this.contributor = contributor;
    this.desk = desk;
    this.memory = memory;
    this.last = last;
    this.headers = headers;
  }

  /** Runs one sync to its end; a failure goes to the desk, and from there to the trainer. */
  void run(SyncDesk.Taken taken, SyncRequest asked, ReceivedWeights received)
      throws InterruptedException {
    try {
      keep(asked, received);
      Optional<Merged> there = modelThere(taken, asked);
      if (there.isPresent()) {
        long sentTo = Math.max(taken.sentTo(), there.get().round());
        conclude(taken.progress(), there.get(), sentTo, taken.sentTo());
      } else {
        exchange(taken.progress(), asked, received);
      }
    } catch (IOException | RuntimeException | OutOfMemoryError e) {
      // Without an answer the trainer would wait for ever, so a heap that is too small counts, too.
      desk.fail(taken.progress().number(), Failure.of(e));
    }
  }

  private void keep(SyncRequest asked, ReceivedWeights received) throws IOException {
    last.replace(received.file());
    if (asked.checkIn() == CheckIn.SNAPSHOT) {
      last.keep();
    }
  }

  /**
   * The model that answers a sync without a contribution. Weights that nothing has trained, or that
   * were trained from another model than the newest, give way to the newest. Weights that an
   * earlier process has sent get the model of their round, or a later one.
   */
  private Optional<Merged> modelThere(SyncDesk.Taken taken, SyncRequest asked)
      throws InterruptedException {
    return asked.initial() || taken.wasSent() || isBaseUnknownToTrainer()
        ? contributor.catchUp().filter(base -> !taken.wasSent() || base.round() >= taken.sentTo())
        : Optional.empty();
  }

  /** After a restart during which others continued, or after a model that the trainer missed. */
  private boolean isBaseUnknownToTrainer() {
    return contributor.base().filter(base -> !memory.isGiven(ModelId.of(base))).isPresent();
  }

  private void exchange(SyncProgress sending, SyncRequest asked, ReceivedWeights received)
      throws IOException, InterruptedException {
    memory.begin(sending, contributor.base().map(Merged::round).orElse(-1L) + 1);
    Sent sent =
        contributor.contribute(
            received.file(),
            received.norm(),
            headers.of(contributor.request(), asked),
            asked.deadline());
    SyncProgress waiting = sending.waiting(sent.round());
    desk.update(waiting);
    Instant trainedSince = givenAt;
    conclude(waiting, contributor.await(sent, asked.deadline()), sent.round(), sent.round());
    contributor.took(
        sent.round(),
        new RoundPoint.Stages(
            trainedSince == null ? null : Duration.between(trainedSince, sending.since()),
            Duration.between(sending.since(), waiting.since()),
            Duration.between(waiting.since(), Instant.now())));
  }

  /**
   * Hands out the model.
   *
   * @param rememberedRound to find the sync again after a restart
   * @param sentTo round that this site contributed to; -1: none
   */
  private void conclude(SyncProgress progress, Merged model, long rememberedRound, long sentTo)
      throws IOException, InterruptedException {
    memory.merged(progress, rememberedRound, ModelId.of(model));
    desk.update(progress.merged(contributor.outcome(model, sentTo)));
    givenAt = Instant.now();
  }
}
