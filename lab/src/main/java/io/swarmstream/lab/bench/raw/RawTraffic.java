package io.swarmstream.lab.bench.raw;

import io.swarmstream.clients.kafka.DeadlineException;
import io.swarmstream.clients.kafka.KafkaEndpoint;
import io.swarmstream.clients.kafka.log.Deadline;
import io.swarmstream.clients.kafka.log.DeltaProducer;
import io.swarmstream.clients.kafka.log.TopicReader;
import io.swarmstream.schemas.wire.OutboundRecord;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Moves a round's bytes through Kafka and does nothing else: no hash, no signature, no merge, no
 * transaction. No round can be faster on the same broker.
 *
 * <p>Uses its own topics, whose names no job subscribes to.
 */
public final class RawTraffic implements AutoCloseable {
  private static final String DELTAS = "raw-limit-deltas";
  private static final String MODELS = "raw-limit-models";
  private static final int PARTITIONS = 4;
  private static final Duration POLL = Duration.ofMillis(500);

  private final RawLoad load;
  private final byte[] delta;
  private final byte[] model;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<AutoCloseable> clients = new ArrayList<>();
  private final List<DeltaProducer> sites = new ArrayList<>();
  private final List<TopicReader<ByteBuffer>> siteReaders = new ArrayList<>();
  private final DeltaProducer job;
  private final TopicReader<ByteBuffer> jobReader;

  private RawTraffic(KafkaEndpoint endpoint, RawLoad load, Deadline deadline)
      throws InterruptedException {
    this.load = load;
    delta = noise(load.deltaBytes());
    model = noise(load.modelBytes());
    for (int i = 0; i < load.connections(); i++) {
      sites.add(kept(DeltaProducer.of(endpoint)));
      siteReaders.add(kept(TopicReader.ofViews(endpoint, List.of(MODELS), deadline)));
    }
    job = kept(DeltaProducer.of(endpoint));
    jobReader = kept(TopicReader.ofViews(endpoint, List.of(DELTAS), deadline));
  }

  private <T extends AutoCloseable> T kept(T client) {
    clients.add(client);
    return client;
  }

  private static byte[] noise(int length) {
    byte[] noise = new byte[length];
    new SplittableRandom(length).nextBytes(noise);
    return noise;
  }

  /**
   * Connects, and creates the topics, which must not exist yet.
   *
   * @throws DeadlineException when Kafka does not create them in time
   */
  public static RawTraffic open(KafkaEndpoint endpoint, RawLoad load, Duration allowed)
      throws InterruptedException {
    Map<String, String> patience =
        Map.of("default.api.timeout.ms", Long.toString(allowed.toMillis()));
    try (Admin admin = Admin.create(endpoint.properties(Map.of(), patience))) {
      short copies = 1;
      admin
          .createTopics(
              List.of(
                  new NewTopic(DELTAS, PARTITIONS, copies),
                  new NewTopic(MODELS, PARTITIONS, copies)))
          .all()
          .get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(
          "topics %s and %s cannot be created at %s; are they there already?"
              .formatted(DELTAS, MODELS, endpoint),
          e.getCause());
    }
    return new RawTraffic(endpoint, load, Deadline.in(allowed));
  }

  /**
   * Sends deltas from all sites to the job, until all are written and read.
   *
   * @return how long that took
   */
  public Duration deltas(Duration allowed) throws InterruptedException {
    List<Callable<Integer>> work = new ArrayList<>();
    for (int i = 0; i < sites.size(); i++) {
      DeltaProducer site = sites.get(i);
      int times = load.sitesOf(i);
      work.add(() -> send(site, DELTAS, delta, times, allowed));
    }
    work.add(() -> receive(jobReader, load.deltaRecords(), Deadline.in(allowed)));
    return time(work);
  }

  /** Sends the model from the job to each connection. */
  public Duration model(Duration allowed) throws InterruptedException {
    List<Callable<Integer>> work = new ArrayList<>();
    work.add(() -> send(job, MODELS, model, 1, allowed));
    for (TopicReader<ByteBuffer> site : siteReaders) {
      work.add(() -> receive(site, load.chunks(), Deadline.in(allowed)));
    }
    return time(work);
  }

  private Duration time(List<Callable<Integer>> work) throws InterruptedException {
    long began = System.nanoTime();
    for (Future<Integer> done : threads.invokeAll(work)) {
      try {
        done.get();
      } catch (ExecutionException e) {
        throw new IllegalStateException("raw traffic broke off", e.getCause());
      }
    }
    return Duration.ofNanos(System.nanoTime() - began);
  }

  private int send(DeltaProducer from, String topic, byte[] value, int times, Duration allowed)
      throws InterruptedException {
    for (int time = 0; time < times; time++) {
      for (int chunk = 0; chunk < load.chunks(); chunk++) {
        from.send(new OutboundRecord(topic, String.valueOf(chunk), value));
      }
    }
    from.flush(allowed);
    return times;
  }

  private static int receive(TopicReader<ByteBuffer> reader, int records, Deadline deadline)
      throws InterruptedException {
    int received = 0;
    while (received < records) {
      if (deadline.isPast()) {
        throw new DeadlineException(
            "%d of %d records came within %s".formatted(received, records, deadline.allowed()));
      }
      for (ConsumerRecord<byte[], ByteBuffer> unused : reader.poll(deadline.remaining(POLL))) {
        received++;
      }
    }
    return received;
  }

  @Override
  public void close() throws Exception {
    threads.shutdownNow();
    for (AutoCloseable client : clients) {
      client.close();
    }
  }
}
