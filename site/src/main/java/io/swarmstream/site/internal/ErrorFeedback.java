package io.swarmstream.site.internal;

import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.avro.Participant;
import io.swarmstream.schemas.contribution.Contribution;
import io.swarmstream.schemas.encoding.FloatCodec;
import io.swarmstream.schemas.hashing.Hash;
import io.swarmstream.schemas.layout.ChunkLayout;
import io.swarmstream.schemas.layout.FlatVector;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what a lossy encoding took from this site's deltas and adds it to the next one, so that
 * rounding errors do not add up over the rounds.
 *
 * <p>It changes only when a contribution has counted in a merge; until then the same delta makes
 * the same bytes, however often it is sent. It takes as much memory or disk as a model, and none
 * with an encoding that loses nothing.
 */
final class ErrorFeedback {
  private static final Logger LOG = LoggerFactory.getLogger(ErrorFeedback.class);

  private final ContractTerms terms;
  private final Optional<Path> folder;

  /** Null: nothing is lost so far. */
  private @Nullable HeldModel lost;

  ErrorFeedback(ContractTerms terms, Optional<Path> folder) {
    this.terms = terms;
    this.folder = folder;
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
    if (!terms.deltaEncoding(sent.round()).isLossy() || in.isEmpty() || in.get().getHeader().getWeight() == 0) {
      return; // nothing was merged, so the next delta still has to carry the loss
    }
    if (!Hash.of(in.get().getContribution()).equals(sent.root())) {
      // An earlier one of this site counted. It made good what was lost, and its own loss is gone.
      discard();
      return;
    }
    try {
      keepLossOf(sent);
    } catch (UncheckedIOException e) {
      discard();
      LOG.warn(
          "What the encoding took from round {} of contract {} cannot be kept, and is lost to the training, which"
              + " goes on; is the disk full?",
          sent.round(),
          terms.contract(),
          e);
    }
  }

  /** Each chunk is read before it is replaced, so one vector is enough. */
  private void keepLossOf(Contribution contribution) {
    if (lost == null) {
      lost = HeldModel.make(terms.parameterCount(), folder);
    }
    ChunkLayout chunks = terms.chunks();
    for (int chunk = 0; chunk < chunks.chunkCount(); chunk++) {
      ByteBuffer values = ByteBuffer.wrap(FloatCodec.encode(contribution.lost(chunk)));
      lost.accept(chunk, chunks.offset(chunk), values);
    }
  }

  /** Forgets the loss and frees its memory or file. */
  void discard() {
    if (lost != null) {
      lost.discard();
      lost = null;
    }
  }
}
