import io.swarmstream.kafka.KafkaEndpoint;
import io.swarmstream.kafka.client.DeltaProducer;
import io.swarmstream.schemas.OutboundRecord;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Sends the records of a delta to a broker and fetches as many, as a site's clients are set up, and
 * prints seconds of both: {@code FarSite host:port chunks [name=value ...]}, the latter Kafka
 * client properties. The first turn warms connections and compilers up.
 */
final class FarSite {
  private static final String TOPIC = "far-site";
  private static final int PARTITIONS = 4;
  private static final int CHUNK_BYTES = 983_040;
  private static final Duration DEADLINE = Duration.ofMinutes(5);

  private FarSite() {}

  public static void main(String[] args) throws Exception {
    Map<String, String> properties = new HashMap<>();
    for (int i = 2; i < args.length; i++) {
      String[] property = args[i].split("=", 2);
      properties.put(property[0], property[1]);
    }
    KafkaEndpoint broker = new KafkaEndpoint(args[0], properties);
    int chunks = Integer.parseInt(args[1]);
    try (Admin admin = Admin.create(broker.properties(Map.of(), Map.of()))) {
      admin.createTopics(List.of(new NewTopic(TOPIC, PARTITIONS, (short) 1))).all().get();
    }
    try (DeltaProducer producer = DeltaProducer.of(broker);
        KafkaConsumer<byte[], byte[]> consumer = consumer(broker)) {
      for (int turn = 1; turn <= 2; turn++) {
        double sent = seconds(() -> send(producer, chunks));
        double fetched = seconds(() -> fetch(consumer, chunks));
        System.out.printf("%.2f %.2f%n", sent, fetched);
      }
    }
  }

  private static void send(DeltaProducer producer, int chunks) throws InterruptedException {
    byte[] chunk = new byte[CHUNK_BYTES];
    new SplittableRandom(1).nextBytes(chunk);
    for (int i = 0; i < chunks; i++) {
      producer.send(new OutboundRecord(TOPIC, String.valueOf(i), chunk));
    }
    producer.flush(DEADLINE);
  }

  /** With the sizes of fetches that a site's reader of models has. */
  private static KafkaConsumer<byte[], byte[]> consumer(KafkaEndpoint broker) {
    Map<String, String> fetches =
        Map.of(
            "max.partition.fetch.bytes", Integer.toString(4 << 20),
            "fetch.max.bytes", Integer.toString(16 << 20),
            "isolation.level", "read_committed");
    KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            broker.properties(fetches, Map.of()),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    List<TopicPartition> all =
        IntStream.range(0, PARTITIONS).mapToObj(i -> new TopicPartition(TOPIC, i)).toList();
    consumer.assign(all);
    consumer.seekToBeginning(all);
    return consumer;
  }

  private static void fetch(KafkaConsumer<byte[], byte[]> consumer, int chunks) {
    long end = System.nanoTime() + DEADLINE.toNanos();
    for (int fetched = 0; fetched < chunks; ) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException(fetched + " of " + chunks + " within " + DEADLINE);
      }
      fetched += consumer.poll(Duration.ofSeconds(1)).count();
    }
  }

  private interface Work {
    void run() throws Exception;
  }

  private static double seconds(Work work) throws Exception {
    long began = System.nanoTime();
    work.run();
    return (System.nanoTime() - began) / 1e9;
  }
}
