package io.swarmstream.local;

import io.swarmstream.clients.kafka.ContractTopics;
import io.swarmstream.clients.kafka.KafkaEndpoint;
import io.swarmstream.clients.kafka.TopicOptions;
import io.swarmstream.embedded.EmbeddedKafka;
import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.avro.DeltaChunk;
import io.swarmstream.schemas.avro.ModelChunk;
import io.swarmstream.schemas.avro.RoundRecord;
import io.swarmstream.schemas.wire.AvroBytes;
import io.swarmstream.schemas.wire.MalformedRecordException;
import io.swarmstream.schemas.wire.Topic;
import io.swarmstream.schemas.wire.WireFormat;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Serves a contract's topics otherwise than they were written, on a broker that has nothing else.
 */
final class DishonestKafka implements AutoCloseable {
  /** A record, wherever it is to stand. */
  @SuppressWarnings("ArrayRecordComponent") // is never compared
  record Logged(Topic topic, int partition, byte[] key, byte[] value) {
    Logged withValue(byte[] other) {
      return new Logged(topic, partition, key, other);
    }
  }

  private final EmbeddedKafka broker;
  private final String contract;
  private final Set<Topic> kinds;

  private DishonestKafka(EmbeddedKafka broker, String contract, Set<Topic> kinds) {
    this.broker = broker;
    this.contract = contract;
    this.kinds = kinds;
  }

  /**
   * Reads what a contract's topics hold, committed records only, in the order of each partition.
   */
  static List<Logged> read(KafkaEndpoint kafka, String contract) {
    return read(kafka, contract, List.of(Topic.DELTAS, Topic.MODELS, Topic.ROUNDS));
  }

  /** Reads what the topics of these kinds hold. */
  static List<Logged> read(KafkaEndpoint kafka, String contract, List<Topic> kinds) {
    List<Logged> all = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            kafka.properties(Map.of(), Map.of("isolation.level", "read_committed")),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      for (Topic topic : kinds) {
        List<TopicPartition> partitions =
            consumer.partitionsFor(topic.of(contract)).stream()
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        while (partitions.stream()
            .anyMatch(each -> consumer.position(each) < ends.getOrDefault(each, 0L))) {
          for (ConsumerRecord<byte[], byte[]> next : consumer.poll(Duration.ofMillis(100))) {
            all.add(new Logged(topic, next.partition(), next.key(), next.value()));
          }
        }
      }
    }
    return all;
  }

  /** Serves what the lie makes of the records, until it is closed. */
  static DishonestKafka serve(
      EmbeddedKafka broker, String contract, List<Logged> truth, UnaryOperator<List<Logged>> lie)
      throws Exception {
    Set<Topic> kinds = EnumSet.copyOf(Topic.always());
    truth.forEach(record -> kinds.add(record.topic()));
    DishonestKafka kafka = new DishonestKafka(broker, contract, kinds);
    new ContractTopics(kafka.endpoint(), TopicOptions.defaults())
        .create(contract, kinds, Sites.DEADLINE);
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            // One request at a time keeps the order; a broker just started is slow to answer.
            kafka
                .endpoint()
                .properties(
                    Map.of(),
                    Map.of(
                        "enable.idempotence", "false",
                        "max.in.flight.requests.per.connection", "1",
                        "request.timeout.ms", "60000")),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      List<Future<RecordMetadata>> sent = new ArrayList<>();
      for (Logged record : lie.apply(truth)) {
        sent.add(
            producer.send(
                new ProducerRecord<>(
                    record.topic().of(contract),
                    record.partition(),
                    record.key(),
                    record.value())));
      }
      for (Future<RecordMetadata> each : sent) {
        each.get();
      }
    }
    return kafka;
  }

  KafkaEndpoint endpoint() {
    return KafkaEndpoint.of(broker.bootstrapServers());
  }

  /** Takes the first delta records of each partition away, as retention does. */
  void forget(Map<Integer, Long> beforeOffsets) throws Exception {
    Map<TopicPartition, RecordsToDelete> deletions = new HashMap<>();
    beforeOffsets.forEach(
        (partition, offset) ->
            deletions.put(
                new TopicPartition(Topic.DELTAS.of(contract), partition),
                RecordsToDelete.beforeOffset(offset)));
    try (Admin admin = Admin.create(endpoint().properties(Map.of(), Map.of()))) {
      admin.deleteRecords(deletions).all().get();
    }
  }

  /** The records of one topic. */
  static Stream<Logged> of(List<Logged> all, Topic topic) {
    return all.stream().filter(record -> record.topic() == topic);
  }

  /** The round records of a contract, in the order of the log. */
  static List<RoundRecord> roundRecords(List<Logged> all) {
    List<RoundRecord> records = new ArrayList<>();
    of(all, Topic.ROUNDS)
        .map(Logged::value)
        .filter(WireFormat.ROUND_RECORD::frames)
        .forEach(
            value -> {
              try {
                records.add(WireFormat.ROUND_RECORD.decode(value));
              } catch (MalformedRecordException e) {
                throw new IllegalStateException(e);
              }
            });
    return records;
  }

  /** The same records, of which the first that a test chooses has another value. */
  static List<Logged> altered(
      List<Logged> truth, Predicate<Logged> which, Function<Logged, byte[]> value) {
    List<Logged> lie = new ArrayList<>(truth);
    for (int i = 0; i < lie.size(); i++) {
      if (which.test(lie.get(i))) {
        lie.set(i, lie.get(i).withValue(value.apply(lie.get(i))));
        return lie;
      }
    }
    throw new IllegalArgumentException("there is no such record");
  }

  /** A published chunk of a model or of an optimizer's state. */
  static ModelChunk modelChunk(Logged record) {
    try {
      return WireFormat.MODEL_CHUNK.decode(record.value());
    } catch (MalformedRecordException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * A published chunk with a bit of its last value altered together with its hash, so that it
   * contradicts nothing but the replay.
   */
  static byte[] flippedChunk(Logged record, ContractTerms terms) {
    ModelChunk chunk = modelChunk(record);
    byte[] payload = AvroBytes.of(chunk.getPayload()).clone();
    payload[payload.length - 3] ^= 1;
    return WireFormat.MODEL_CHUNK.encode(
        ModelChunk.newBuilder(chunk)
            .setPayload(ByteBuffer.wrap(payload))
            .setChunkHash(terms.payloadHash().leaf(payload).toAvro())
            .build());
  }

  /** Whether it is a chunk of a delta for a round. */
  static boolean isDelta(Logged record, long round) {
    return record.topic() == Topic.DELTAS
        && WireFormat.DELTA_CHUNK.frames(record.value())
        && deltaChunk(record).getRound() == round;
  }

  /** A chunk of a delta with one bit of a value altered. */
  static byte[] flippedDelta(Logged record) {
    DeltaChunk chunk = deltaChunk(record);
    byte[] payload = AvroBytes.of(chunk.getPayload()).clone();
    payload[5] ^= 1;
    return WireFormat.DELTA_CHUNK.encode(
        DeltaChunk.newBuilder(chunk).setPayload(ByteBuffer.wrap(payload)).build());
  }

  /** A chunk of a delta. */
  static DeltaChunk deltaChunk(Logged record) {
    try {
      return WireFormat.DELTA_CHUNK.decode(record.value());
    } catch (MalformedRecordException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Leaves the broker empty. */
  @Override
  public void close() throws Exception {
    try (Admin admin = Admin.create(endpoint().properties(Map.of(), Map.of()))) {
      admin.deleteTopics(kinds.stream().map(topic -> topic.of(contract)).toList()).all().get();
    }
  }
}
