package io.swarmstream.operators.merging;

import io.swarmstream.operators.messages.GatheredRound;
import io.swarmstream.operators.payloads.PayloadReader;
import io.swarmstream.operators.payloads.PublishedChunk;
import io.swarmstream.schemas.hashing.Hash;
import io.swarmstream.schemas.wire.Topic;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a chunk of the newest model was made. It does not hold the chunk: that is in memory, or in
 * the log, or can be merged again.
 *
 * @param base the chunk of the model before; null: zero, before round 0
 * @param deltas what was merged and added to it
 * @param coefficients of the deltas, for a round with a {@linkplain ChunkMerge#hasFirstPass first
 *     pass}; else null
 * @param next what came of it
 * @param factors what each delta was multiplied with first; null: none was too long
 */
@SuppressWarnings("ArrayRecordComponent") // state, is never compared
public record ModelStep(
    @Nullable PublishedChunk base,
    GatheredRound deltas,
    double @Nullable [] coefficients,
    PublishedChunk next,
    double @Nullable [] factors) {
  private static final Logger LOG = LoggerFactory.getLogger(ModelStep.class);

  /** The step from the one before, to a chunk of that leaf hash. */
  static ModelStep after(
      @Nullable ModelStep before,
      GatheredRound deltas,
      double @Nullable [] coefficients,
      double @Nullable [] factors,
      Hash hash,
      long nowMs) {
    @Nullable PublishedChunk base = before == null ? null : before.next();
    // Strictly increasing even if the clock stands still, so that a search never starts behind the
    // chunk.
    long timestampMs = base == null ? nowMs : Math.max(nowMs, base.timestampMs() + 1);
    return new ModelStep(
        base,
        deltas,
        coefficients,
        new PublishedChunk(deltas.round(), hash.hex(), timestampMs),
        factors);
  }

  /**
   * Checks that the round is added to the model of the round before it.
   *
   * @throws IllegalStateException when the state does not know that one
   */
  static void checkFollows(@Nullable ModelStep before, GatheredRound deltas) {
    long newest = before == null ? -1 : before.next().round();
    if (newest != deltas.round() - 1) {
      throw new IllegalStateException(
          "contract %s: round %d is to be added to chunk %d of the model before, but the state has round %d; check whether the state is of another version of the job"
              .formatted(deltas.contract(), deltas.round(), deltas.chunk(), newest));
    }
  }

  /**
   * The chunk that came of it, float32 little endian; not to be changed.
   *
   * @throws IOException when the log does not answer, or holds neither the chunk nor what it was
   *     made from
   */
  byte[] chunk(PayloadReader payloads) throws IOException, InterruptedException {
    Optional<byte[]> published = published(next, payloads);
    return published.isPresent() ? published.get() : makeAgain(payloads);
  }

  /** Needed when the chunk's transaction was lost or is not committed yet. */
  private byte[] makeAgain(PayloadReader payloads) throws IOException, InterruptedException {
    LOG.warn(
        "Contract {}: chunk {} of round {} is not in the log; merging it again from the round's deltas",
        deltas.contract(),
        deltas.chunk(),
        deltas.round());
    byte @Nullable [] before = null;
    if (base != null) {
      before = published(base, payloads).orElseThrow(() -> missing(base.round()));
    }
    byte[] again =
        ChunkMerge.next(before, ChunkMerge.delta(deltas, coefficients, factors, payloads).values());
    if (!deltas.payloadHash().leaf(again).hex().equals(next.hash())) {
      throw new IOException(
          "contract %s: chunk %d of round %d has another hash when it is merged again; check whether the state is of another version of the job"
              .formatted(deltas.contract(), deltas.chunk(), deltas.round()));
    }
    return again;
  }

  private Optional<byte[]> published(PublishedChunk chunk, PayloadReader payloads)
      throws IOException, InterruptedException {
    return payloads.published(deltas.contract(), deltas.payloadHash(), deltas.chunk(), chunk);
  }

  private IOException missing(long round) {
    return new IOException(
        "topic %s holds chunk %d neither of round %d nor of round %d, which it was made from; check whether the topic was altered or recreated"
            .formatted(Topic.MODELS.of(deltas.contract()), deltas.chunk(), deltas.round(), round));
  }
}
