package io.swarmstream.operators.merging;

import io.swarmstream.operators.messages.GatheredRound;
import io.swarmstream.operators.payloads.PayloadReader;
import io.swarmstream.operators.payloads.PublishedChunk;
import io.swarmstream.schemas.hashing.PayloadHash;
import io.swarmstream.schemas.wire.Topic;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a chunk of the newest model was made. It does not hold the chunk, nor that of the optimizer's
 * state: they are in memory, or in the log, or can be made again.
 *
 * @param base the chunk of the model before; null: zero, before round 0
 * @param deltas what was merged and added to it
 * @param coefficients of the deltas, for a round with a {@linkplain ChunkMerge#hasFirstPass first
 *     pass}; else null
 * @param next what came of it
 * @param factors what each delta was multiplied with first; null: none was too long
 * @param stateBefore the chunk of each vector of the optimizer's state before; empty: it begins, or
 *     the round has no optimizer
 * @param state what came of them; empty: the round has no optimizer
 */
@SuppressWarnings("ArrayRecordComponent") // state, is never compared
public record ModelStep(
    @Nullable PublishedChunk base,
    GatheredRound deltas,
    double @Nullable [] coefficients,
    PublishedChunk next,
    double @Nullable [] factors,
    List<PublishedChunk> stateBefore,
    List<PublishedChunk> state) {
  private static final Logger LOG = LoggerFactory.getLogger(ModelStep.class);

  // A savepoint of before there were optimizers has neither of the lists.

  @Override
  public List<PublishedChunk> stateBefore() {
    return Objects.requireNonNullElse(stateBefore, List.of());
  }

  @Override
  public List<PublishedChunk> state() {
    return Objects.requireNonNullElse(state, List.of());
  }

  /** The step from the one before, to the chunks that were made. */
  static ModelStep after(
      @Nullable ModelStep before,
      GatheredRound deltas,
      double @Nullable [] coefficients,
      double @Nullable [] factors,
      ChunkStep made,
      long nowMs) {
    @Nullable PublishedChunk base = before == null ? null : before.next();
    // Strictly increasing even if the clock stands still, so that a search never starts behind the
    // chunk.
    long timestampMs = base == null ? nowMs : Math.max(nowMs, base.timestampMs() + 1);
    PayloadHash function = deltas.payloadHash();
    List<PublishedChunk> state = new ArrayList<>();
    for (byte[] vector : made.state()) {
      state.add(new PublishedChunk(deltas.round(), function.leaf(vector).hex(), timestampMs));
    }
    return new ModelStep(
        base,
        deltas,
        coefficients,
        new PublishedChunk(deltas.round(), function.leaf(made.model()).hex(), timestampMs),
        factors,
        before == null ? List.of() : before.state(),
        state);
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
   * The chunks that came of it, float32 little endian; not to be changed.
   *
   * @throws IOException when the log does not answer, or holds neither the chunks nor what they
   *     were made from
   */
  ChunkStep chunks(PayloadReader payloads) throws IOException, InterruptedException {
    Optional<byte[]> model = published(next, payloads);
    List<byte[]> vectors = vectors(state(), payloads);
    return model.isPresent() && vectors.size() == state().size()
        ? new ChunkStep(model.get(), vectors)
        : makeAgain(model, vectors, payloads);
  }

  /** Needed when a chunk's transaction was lost or is not committed yet. */
  private ChunkStep makeAgain(
      Optional<byte[]> published, List<byte[]> vectors, PayloadReader payloads)
      throws IOException, InterruptedException {
    LOG.warn(
        "Contract {}: chunk {} of round {} is not in the log; merging it again from the round's deltas",
        deltas.contract(),
        deltas.chunk(),
        deltas.round());
    MergedDelta delta = ChunkMerge.delta(deltas, coefficients, factors, payloads);
    List<byte[]> after =
        vectors.size() == state().size()
            ? vectors
            : ChunkStep.state(deltas, stateBefore(payloads), delta);
    for (int vector = 0; vector < after.size(); vector++) {
      check(after.get(vector), state().get(vector));
    }
    if (published.isPresent()) {
      return new ChunkStep(published.get(), after);
    }
    byte @Nullable [] before = null;
    if (base != null) {
      Optional<byte[]> found = published(base, payloads);
      before =
          (found.isPresent() ? found : published(base.byAnyAttempt(), payloads))
              .orElseThrow(() -> missing(Topic.MODELS, base.round()));
    }
    byte[] model = ChunkStep.model(deltas, before, after, delta);
    check(model, next);
    return new ChunkStep(model, after);
  }

  private List<byte[]> stateBefore(PayloadReader payloads)
      throws IOException, InterruptedException {
    List<byte[]> before = vectors(stateBefore(), payloads);
    if (before.size() < stateBefore().size()) {
      before = vectors(stateBefore().stream().map(PublishedChunk::byAnyAttempt).toList(), payloads);
    }
    if (before.size() < stateBefore().size()) {
      throw missing(Topic.OPTIMIZER, stateBefore().get(0).round());
    }
    return before;
  }

  private void check(byte[] made, PublishedChunk wanted) throws IOException {
    if (!deltas.payloadHash().leaf(made).hex().equals(wanted.hash())) {
      throw new IOException(
          "contract %s: chunk %d of round %d has another hash when it is merged again; check whether the state is of another version of the job"
              .formatted(deltas.contract(), deltas.chunk(), deltas.round()));
    }
  }

  private Optional<byte[]> published(PublishedChunk chunk, PayloadReader payloads)
      throws IOException, InterruptedException {
    return payloads.published(
        Topic.MODELS,
        deltas.contract(),
        deltas.payloadHash(),
        deltas.chunk(),
        deltas.chunkCount(),
        chunk);
  }

  /** Reads the chunks of the state's vectors; fewer when the log does not hold all of them. */
  private List<byte[]> vectors(List<PublishedChunk> wanted, PayloadReader payloads)
      throws IOException, InterruptedException {
    List<byte[]> vectors = new ArrayList<>();
    for (int vector = 0; vector < wanted.size(); vector++) {
      Optional<byte[]> found =
          payloads.published(
              Topic.OPTIMIZER,
              deltas.contract(),
              deltas.payloadHash(),
              stateIndex(vector),
              deltas.chunkCount(),
              wanted.get(vector));
      if (found.isEmpty()) {
        break;
      }
      vectors.add(found.get());
    }
    return vectors;
  }

  /** The state's vectors are published as one, the second behind the first. */
  int stateIndex(int vector) {
    return vector * deltas.chunkCount() + deltas.chunk();
  }

  private IOException missing(Topic topic, long round) {
    return new IOException(
        "topic %s holds chunk %d neither of round %d nor of round %d, which it was made from; check whether the topic was altered or recreated"
            .formatted(topic.of(deltas.contract()), deltas.chunk(), deltas.round(), round));
  }
}
