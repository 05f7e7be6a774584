package io.swarmstream.clients.kafka.log;

import io.swarmstream.clients.kafka.DeadlineException;
import io.swarmstream.clients.kafka.KafkaEndpoint;
import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.avro.RoundRecord;
import io.swarmstream.schemas.encoding.FloatCodec;
import io.swarmstream.schemas.layout.ChunkLayout;
import io.swarmstream.schemas.wire.Topic;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the merged models of a contract and verifies each against its round record. Reads on the
 * caller's thread and holds no chunk between two reads. Used by one thread at a time. Waits for a
 * broker that becomes unreachable during a read.
 */
public final class ModelLog implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ModelLog.class);

  /** Longest wait for the next chunk of an update; the whole model is there, too. */
  private static final Duration UPDATE_PATIENCE = Duration.ofSeconds(10);

  /** A round's chunks are written after it closed, but perhaps by another machine's clock. */
  private static final Duration CLOCKS_APART = Duration.ofMinutes(1);

  private final KafkaEndpoint endpoint;
  private final ContractTerms terms;
  private final ChunkLayout layout;
  private final boolean hasUpdates;
  private final ChunkReader models;

  /** Null: none has been wanted yet. */
  private @Nullable ChunkReader updates;

  /** Whether there may be updates of earlier rounds that are not wanted any more. */
  private boolean updatesAreBehind = true;

  /** Whether a later model is known, by its update, than the models topic was read to. */
  private boolean isBehind;

  private ModelLog(KafkaEndpoint endpoint, ContractTerms terms, ChunkReader models) {
    this.endpoint = endpoint;
    this.terms = terms;
    this.layout = terms.chunks();
    this.hasUpdates = Topic.kindsOf(terms).contains(Topic.UPDATES);
    this.models = models;
  }

  /**
   * Opens the models topic of a contract.
   *
   * @param terms of the contract; how its model is divided into chunks, and hashed
   * @throws DeadlineException when no broker answers, or the topic does not exist in time
   */
  public static ModelLog open(KafkaEndpoint endpoint, ContractTerms terms, Duration deadline)
      throws InterruptedException {
    return new ModelLog(
        endpoint,
        terms,
        ChunkReader.open(endpoint, Topic.MODELS, terms.contract(), "model", deadline));
  }

  /**
   * Reads the model of a sealed round as one flat vector.
   *
   * @param patience longest wait for the next chunk; a model whose chunks arrive slowly may take
   *     longer as a whole
   * @throws DeadlineException when no chunk arrives for that long; says what is missing
   * @throws SupersededRoundException when compaction has removed a chunk; read the later round's
   *     model
   * @throws CorruptModelException when a chunk or the whole model differs from what the record
   *     names
   */
  public float[] read(RoundRecord record, Duration patience) throws InterruptedException {
    float[] weights = new float[Math.toIntExact(layout.parameterCount())];
    read(
        record,
        (chunk, offset, payload) -> FloatCodec.decode(payload, weights, (int) offset),
        patience);
    return weights;
  }

  /**
   * Reads the model of a sealed round chunk by chunk; throws what the other {@code read} throws.
   */
  public void read(RoundRecord record, ChunkSink sink, Duration patience)
      throws InterruptedException {
    if (isBehind) {
      models.passOver(begin(record), patience);
    }
    ModelAssembly assembly = new ModelAssembly(record, terms, sink, null);
    try {
      models.collect(record, assembly, patience);
    } catch (DeadlineException | SupersededRoundException e) {
      if (!isBehind) {
        throw e;
      }
      // Clocks were further apart than that.
      models.rewind(patience);
      models.collect(record, assembly, patience);
    }
    assembly.prove();
    isBehind = false;
  }

  /**
   * Does the same, with fewer bytes: applies what the round changed to the model before it, if the
   * log has that, and if it makes the round's model. Otherwise reads the whole model, which
   * replaces chunks passed to the sink before.
   *
   * @param base a model that this reader's user has; must not change meanwhile
   */
  public void read(RoundRecord record, KnownModel base, ChunkSink sink, Duration patience)
      throws InterruptedException {
    if (!hasUpdates || base.round() != record.getRound() - 1 || base.round() < 0) {
      read(record, sink, patience);
      return;
    }
    Duration update = patience.compareTo(UPDATE_PATIENCE) < 0 ? patience : UPDATE_PATIENCE;
    try {
      if (updates == null) {
        updates = ChunkReader.open(endpoint, Topic.UPDATES, terms.contract(), "update", update);
      }
      if (updatesAreBehind) {
        updates.passOver(begin(record), update);
      }
      updatesAreBehind = true; // until all of this round's are read
      ModelAssembly assembly = new ModelAssembly(record, terms, sink, base.values());
      updates.collect(record, assembly, update);
      assembly.prove();
      updatesAreBehind = false;
      isBehind = true;
    } catch (NoUpdateException | CorruptModelException | SupersededRoundException e) {
      LOG.info("{}; reading the whole model instead", e.getMessage());
      read(record, sink, patience);
    } catch (DeadlineException e) {
      LOG.warn("{}; reading the whole model instead", e.getMessage());
      read(record, sink, patience);
    }
  }

  /** When the first chunk of a round may have been written, Unix milliseconds. */
  private static long begin(RoundRecord record) {
    return record.getClosedAtMs() - CLOCKS_APART.toMillis();
  }

  /**
   * Reads the model of the newest sealed round, from which a joining site starts. If a later round
   * is sealed during the read, returns that round's model. Waits for chunks that have not arrived
   * yet, because an older model would be rejected as a base. Empty when no round is sealed.
   *
   * @param log the log of the same contract
   * @param patience longest wait for the next chunk, or for the later round's record
   */
  public Optional<MergedModel> newestComplete(ContractLog log, Duration patience)
      throws InterruptedException {
    float[] weights = new float[Math.toIntExact(layout.parameterCount())];
    ChunkSink sink = (chunk, offset, payload) -> FloatCodec.decode(payload, weights, (int) offset);
    return newestComplete(log, KnownModel.NONE, sink, patience)
        .map(round -> new MergedModel(round, weights));
  }

  /**
   * Does the same chunk by chunk. If it switches to a later round, that round's chunks replace
   * those passed to the sink before.
   *
   * @param base a model that this reader's user has; see {@link #read(RoundRecord, KnownModel,
   *     ChunkSink, Duration)}
   */
  public Optional<PublishedRound> newestComplete(
      ContractLog log, KnownModel base, ChunkSink sink, Duration patience)
      throws InterruptedException {
    Optional<PublishedRound> newest = log.rounds().newest();
    while (newest.isPresent()) {
      try {
        read(newest.get().record(), base, sink, patience);
        return newest;
      } catch (SupersededRoundException e) {
        // The later round's chunks may arrive before its record.
        newest = Optional.of(log.awaitAtLeast(e.laterRound(), patience));
      }
    }
    return Optional.empty();
  }

  @Override
  public void close() {
    models.close();
    if (updates != null) {
      updates.close();
    }
  }
}
