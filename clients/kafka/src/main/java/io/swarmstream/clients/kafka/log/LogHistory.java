package io.swarmstream.clients.kafka.log;

import io.swarmstream.clients.kafka.DeadlineException;
import io.swarmstream.clients.kafka.KafkaEndpoint;
import io.swarmstream.clients.kafka.SignatureHeader;
import io.swarmstream.clients.kafka.TopicRights;
import io.swarmstream.schemas.wire.InboundRecord;
import io.swarmstream.schemas.wire.Topic;
import io.swarmstream.schemas.wire.TopicExtent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Reads what a contract's topics hold at one moment, for readers that look back. */
public final class LogHistory {
  private static final Duration POLL = Duration.ofMillis(200);

  private LogHistory() {}

  /**
   * Reads the whole rounds topic: committed records and notices, in log order.
   *
   * @throws DeadlineException when no broker answers, the topic does not exist, or reading it takes
   *     too long
   */
  public static List<InboundRecord> rounds(
      KafkaEndpoint endpoint, String contract, Duration allowed) throws InterruptedException {
    List<InboundRecord> all = new ArrayList<>();
    forEach(
        endpoint,
        List.of(Topic.ROUNDS.of(contract)),
        allowed,
        next ->
            all.add(
                new InboundRecord(
                    next.topic(),
                    next.partition(),
                    next.offset(),
                    next.timestamp(),
                    next.value(),
                    SignatureHeader.of(next).orElse(null))));
    return all;
  }

  /** Passes every record committed so far to the reader; skips deletions. */
  static void forEach(
      KafkaEndpoint endpoint,
      List<String> topics,
      Duration allowed,
      Consumer<ConsumerRecord<byte[], byte[]>> reader)
      throws InterruptedException {
    Deadline deadline = Deadline.in(allowed);
    try (TopicReader<byte[]> log = TopicReader.open(endpoint, topics, deadline)) {
      Map<TopicPartition, Long> ends = log.ends(deadline);
      while (!log.isPast(ends)) {
        if (deadline.isPast()) {
          throw new DeadlineException(
              topics + " were not read to their ends " + ends + " within " + deadline.allowed());
        }
        for (ConsumerRecord<byte[], byte[]> next : log.poll(deadline.remaining(POLL))) {
          if (next.value() != null) {
            reader.accept(next);
          }
        }
      }
    }
  }

  /**
   * Checks that a topic can be read, and returns where it begins and ends at present.
   *
   * @throws DeadlineException when no broker answers in time, or the topic does not exist
   * @throws io.swarmstream.clients.kafka.MissingRightException when this client may not read it
   */
  public static TopicExtent extent(KafkaEndpoint endpoint, String topic, Duration allowed)
      throws InterruptedException {
    Deadline deadline = Deadline.in(allowed);
    try (TopicReader<byte[]> reader = TopicReader.open(endpoint, List.of(topic), deadline)) {
      TopicRights.requireRead(endpoint, List.of(topic), deadline.remaining());
      // Asks for the end first, so that records deleted in between count as gone.
      Map<TopicPartition, Long> ends = new HashMap<>(reader.ends(deadline));
      Map<TopicPartition, Long> beginnings = new HashMap<>(reader.beginnings(deadline));
      Map<TopicPartition, Long> times = reader.firstTimesMs(deadline);
      List<TopicExtent.Partition> partitions = new ArrayList<>();
      ends.forEach(
          (partition, end) ->
              partitions.add(
                  new TopicExtent.Partition(
                      partition.partition(),
                      beginnings.getOrDefault(partition, end),
                      end,
                      times.getOrDefault(partition, TopicExtent.Partition.EMPTY))));
      partitions.sort(Comparator.comparingInt(TopicExtent.Partition::partition));
      return new TopicExtent(topic, partitions);
    }
  }
}
