package io.swarmstream.site.internal;

import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.avro.Participant;
import io.swarmstream.schemas.contribution.Contribution;
import io.swarmstream.schemas.encoding.FloatCodec;
import io.swarmstream.schemas.hashing.Hash;
import io.swarmstream.schemas.layout.ChunkLayout;
import io.swarmstream.schemas.layout.FlatVector;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what a lossy encoding took from this site's deltas and adds it to the next one, so that
 * rounding errors do not add up over the rounds, and values that were left out are sent later.
 *
 * <p>It changes only when a contribution has counted in a merge; until then the same delta makes
 * the same bytes, however often it is sent. It takes as much memory or disk as a model, and none
 * with an encoding that loses nothing. With a memory folder, what was left out outlives the
 * process.
 */
final class ErrorFeedback {
  private static final Logger LOG = LoggerFactory.getLogger(ErrorFeedback.class);

  private final ContractTerms terms;
  private final Optional<Path> folder;
  private final Optional<RemainderFile> file;

  /** Null: nothing is lost so far. */
  private @Nullable HeldModel lost;

  /** The round after which it is what is lost. */
  private long after;

  /**
   * Takes up what an earlier process of the site has left.
   *
   * @param folder for values that go with the process; empty: memory
   * @param memory for what outlives the process; empty: nothing does
   */
  ErrorFeedback(ContractTerms terms, Optional<Path> folder, Optional<Path> memory) {
    this.terms = terms;
    this.folder = folder;
    this.file = RemainderFile.of(terms, memory);
    file.ifPresent(this::resume);
  }

  private void resume(RemainderFile kept) {
    OptionalLong round = kept.round();
    if (round.isPresent()) {
      try {
        lost = kept.open();
        after = round.getAsLong();
      } catch (IOException e) {
        warnOfLoss(round.getAsLong(), e);
      }
    }
  }

  /** The delta plus what earlier deltas have lost. */
  FlatVector addTo(FlatVector delta) {
    HeldModel earlier = lost;
    if (earlier == null) {
      return delta;
    }
    float[] scratch = new float[terms.chunkValues()];
    return (from, into, count) -> {
      delta.read(from, into, count);
      earlier.read(from, scratch, count);
      for (int i = 0; i < count; i++) {
        into[i] += scratch[i];
      }
    };
  }

  /**
   * Takes note that the round of a contribution is over.
   *
   * @param in this site as the round record names it; empty: the round closed without it
   */
  void roundOver(Contribution sent, Optional<Participant> in) {
    if (!terms.deltaEncoding(sent.round()).isLossy()
        || in.filter(ErrorFeedback::counts).isEmpty()) {
      return; // nothing was merged, so the next delta still has to carry the loss
    }
    if (!Hash.of(in.get().getContribution()).equals(sent.root())) {
      // An earlier one of this site counted. It made good what was lost, and its own loss is gone.
      discard();
      return;
    }
    try {
      keepLossOf(sent);
    } catch (IOException | UncheckedIOException e) {
      discard();
      warnOfLoss(sent.round(), e);
    }
  }

  /** Whether a participant's delta was merged. */
  static boolean counts(Participant participant) {
    return participant.getHeader().getWeight() > 0;
  }

  private void warnOfLoss(long round, Exception e) {
    LOG.warn(
        "What the encoding took from round {} of contract {} cannot be kept, and is lost to the training, which"
            + " goes on; is the disk full?",
        round,
        terms.contract(),
        e);
  }

  /**
   * Takes note that the site goes on from a model without having waited for its round, as after a
   * restart.
   *
   * @param mayHaveCounted whether a contribution of this site to a round may have been merged: it
   *     made good what was lost, and its own loss is gone
   */
  void passOver(long newest, LongPredicate mayHaveCounted) {
    for (long round = after + 1; lost != null && round <= newest; round++) {
      if (mayHaveCounted.test(round)) {
        discard();
      }
    }
    after = newest;
  }

  /** Each chunk is read before it is replaced, so one vector is enough. */
  private void keepLossOf(Contribution contribution) throws IOException {
    if (file.isPresent()) {
      file.get().replacing();
    }
    if (lost == null) {
      lost = file.isPresent() ? file.get().open() : HeldModel.make(terms.parameterCount(), folder);
    }
    ChunkLayout chunks = terms.chunks();
    for (int chunk = 0; chunk < chunks.chunkCount(); chunk++) {
      ByteBuffer values = ByteBuffer.wrap(FloatCodec.encode(contribution.lost(chunk)));
      lost.accept(chunk, chunks.offset(chunk), values);
    }
    after = contribution.round();
    if (file.isPresent() && lost instanceof HeldModel.InFile values) {
      values.force();
      file.get().replaced(after);
    }
  }

  /** Forgets the loss and frees its memory or file. */
  private void discard() {
    close();
    file.ifPresent(RemainderFile::delete);
  }

  /**
   * Forgets what was not sent, and deletes its file: the training is over. Also deletes a file that
   * an earlier process has left half replaced. If that fails, the file stays and does no harm.
   */
  void forget() {
    try {
      discard();
    } catch (UncheckedIOException e) {
      LOG.warn(
          "What contract {} has left unsent cannot be deleted; delete its file by hand",
          terms.contract(),
          e);
    }
  }

  /** Frees memory; what outlives the process stays. */
  void close() {
    if (lost != null) {
      lost.discard();
      lost = null;
    }
  }
}
