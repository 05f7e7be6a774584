package io.swarmstream.clients.kafka.log;

import io.swarmstream.clients.kafka.DeadlineException;
import io.swarmstream.clients.kafka.KafkaEndpoint;
import io.swarmstream.schemas.avro.ModelChunk;
import io.swarmstream.schemas.avro.RoundRecord;
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
 * Reads a topic of model chunks, round after round, each from behind the one before. Used by one
 * thread at a time.
 */
final class ChunkReader implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ChunkReader.class);
  private static final Duration POLL = Duration.ofMillis(500);

  private final OwnRecords own;
  private final TopicReader<ByteBuffer> reader;

  /** What the topic has chunks of, for messages. */
  private final String kind;

  /** Offsets after the chunks of {@code readRound} and before those of any later round. */
  private Map<TopicPartition, Long> start;

  /** The newest round read; -1 before the first. */
  private long readRound = -1;

  private ChunkReader(OwnRecords own, TopicReader<ByteBuffer> reader, String kind) {
    this.own = own;
    this.reader = reader;
    this.kind = kind;
    this.start = reader.positions();
  }

  /**
   * Opens a topic of a contract at its beginning.
   *
   * @throws DeadlineException when no broker answers, or the topic does not exist in time
   */
  static ChunkReader open(
      KafkaEndpoint endpoint, Topic topic, String contract, String kind, Duration deadline)
      throws InterruptedException {
    List<String> topics = List.of(topic.of(contract));
    return new ChunkReader(
        OwnRecords.of(contract),
        TopicReader.ofViews(endpoint, topics, Deadline.in(deadline)),
        kind);
  }

  /** Passes over what was written before a time, Unix milliseconds. */
  void passOver(long beforeMs, Duration deadline) throws InterruptedException {
    reader
        .since(beforeMs, Deadline.in(deadline))
        .forEach((partition, offset) -> start.merge(partition, offset, Math::max));
  }

  /** Goes back to the beginning. */
  void rewind(Duration deadline) throws InterruptedException {
    start = reader.beginnings(Deadline.in(deadline));
    readRound = -1;
  }

  /**
   * Passes all chunks of a round to an assembly, and those of others on the way to them.
   *
   * @param patience longest wait for the next chunk
   * @throws DeadlineException when no chunk arrives for that long; says what is missing
   */
  void collect(RoundRecord record, ModelAssembly assembly, Duration patience)
      throws InterruptedException {
    Deadline deadline = Deadline.in(patience);
    long round = record.getRound();
    if (round <= readRound) {
      rewind(patience);
    }
    // An earlier read may have failed, or read past the chunks of a later round.
    if (!reader.positions().equals(start)) {
      reader.seek(start);
    }
    Map<TopicPartition, Long> later = new HashMap<>();
    while (!assembly.isComplete()) {
      if (deadline.isPast()) {
        throw new DeadlineException(
            kind
                + " of round "
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
