package io.swarmstream.clients.kafka.log;

import io.swarmstream.clients.kafka.DeadlineException;
import io.swarmstream.clients.kafka.KafkaEndpoint;
import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.avro.ModelChunk;
import io.swarmstream.schemas.avro.RoundRecord;
import io.swarmstream.schemas.encoding.FloatCodec;
import io.swarmstream.schemas.layout.ChunkLayout;
import io.swarmstream.schemas.wire.MalformedRecordException;
import io.swarmstream.schemas.wire.Topic;
import io.swarmstream.schemas.wire.WireFormat;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the merged models of a contract and verifies each against its round record. Reads on the
 * caller's thread and holds no chunk between two reads. Used by one thread at a time. Waits for a
 * broker that becomes unreachable during a read.
 */
public final class ModelLog implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ModelLog.class);
  private static final Duration POLL = Duration.ofMillis(500);

  private final OwnRecords own;
  private final ContractTerms terms;
  private final ChunkLayout layout;
  private final TopicReader<ByteBuffer> reader;

  /** Offsets after the chunks of {@code readRound} and before those of any later round. */
  private Map<TopicPartition, Long> start;

  /** The newest round read; -1 before the first. */
  private long readRound = -1;

  private ModelLog(OwnRecords own, ContractTerms terms, TopicReader<ByteBuffer> reader) {
    this.own = own;
    this.terms = terms;
    this.layout = terms.chunks();
    this.reader = reader;
    this.start = reader.positions();
  }

  /**
   * Opens the models topic of a contract.
   *
   * @param terms of the contract; how its model is divided into chunks, and hashed
   * @throws DeadlineException when no broker answers, or the topic does not exist in time
   */
  public static ModelLog open(KafkaEndpoint endpoint, ContractTerms terms, Duration deadline)
      throws InterruptedException {
    List<String> topics = List.of(Topic.MODELS.of(terms.contract()));
    return new ModelLog(
        OwnRecords.of(terms.contract()),
        terms,
        TopicReader.ofViews(endpoint, topics, Deadline.in(deadline)));
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
    ModelAssembly assembly = new ModelAssembly(record, terms, sink);
    collect(record, assembly, patience);
    assembly.prove();
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
    return newestComplete(log, sink, patience).map(round -> new MergedModel(round, weights));
  }

  /**
   * Does the same chunk by chunk. If it switches to a later round, that round's chunks replace
   * those passed to the sink before.
   */
  public Optional<PublishedRound> newestComplete(ContractLog log, ChunkSink sink, Duration patience)
      throws InterruptedException {
    Optional<PublishedRound> newest = log.rounds().newest();
    while (newest.isPresent()) {
      try {
        read(newest.get().record(), sink, patience);
        return newest;
      } catch (SupersededRoundException e) {
        // The later round's chunks may arrive before its record.
        newest = Optional.of(log.awaitAtLeast(e.laterRound(), patience));
      }
    }
    return Optional.empty();
  }

  private void collect(RoundRecord record, ModelAssembly assembly, Duration patience)
      throws InterruptedException {
    Deadline deadline = Deadline.in(patience);
    long round = record.getRound();
    if (round <= readRound) {
      start = reader.beginnings(deadline);
      readRound = -1;
    }
    // An earlier read may have failed, or read past the chunks of a later round.
    if (!reader.positions().equals(start)) {
      reader.seek(start);
    }
    Map<TopicPartition, Long> later = new HashMap<>();
    while (!assembly.isComplete()) {
      if (deadline.isPast()) {
        throw new DeadlineException(
            "model of round "
                + round
                + " of "
                + record.getContract()
                + ": nothing more of it came for "
                + deadline.allowed()
                + ": "
                + assembly.missing());
      }
      for (ConsumerRecord<byte[], ByteBuffer> next : reader.poll(deadline.remaining(POLL))) {
        Optional<ModelChunk> chunk = decode(next);
        if (chunk.isPresent()) {
          if (chunk.get().getRound() > round) {
            later.putIfAbsent(new TopicPartition(next.topic(), next.partition()), next.offset());
          } else {
            deadline = Deadline.in(patience); // this model, or one on the way to it
          }
          assembly.accept(chunk.get());
        }
      }
    }
    start = reader.positions();
    start.putAll(later);
    readRound = round;
  }

  private Optional<ModelChunk> decode(ConsumerRecord<byte[], ByteBuffer> next) {
    if (next.value() == null || !WireFormat.MODEL_CHUNK.frames(next.value())) {
      return Optional.empty();
    }
    try {
      ModelChunk chunk = WireFormat.MODEL_CHUNK.decode(next.value());
      Optional<String> flaw = own.flaw(chunk.getContract());
      flaw.ifPresent(why -> passOver(next, why));
      return flaw.isPresent() ? Optional.empty() : Optional.of(chunk);
    } catch (MalformedRecordException e) {
      // Its round is unknown; the chunk that it should have been will be reported as missing.
      passOver(next, String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  private static void passOver(ConsumerRecord<byte[], ByteBuffer> next, String why) {
    LOG.warn(
        "{}, partition {}, offset {} is passed over: {}",
        next.topic(),
        next.partition(),
        next.offset(),
        why);
  }

  @Override
  public void close() {
    reader.close();
  }
}
