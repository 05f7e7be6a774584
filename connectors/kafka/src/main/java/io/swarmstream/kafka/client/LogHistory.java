package io.swarmstream.kafka.client;

import io.swarmstream.kafka.DeadlineException;
import io.swarmstream.kafka.KafkaEndpoint;
import io.swarmstream.schemas.InboundRecord;
import io.swarmstream.schemas.Topic;
import io.swarmstream.schemas.TopicExtent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** What a contract's topics held at one moment, for those who look back. */
public final class LogHistory {
  private static final Duration POLL = Duration.ofMillis(200);

  private LogHistory() {}

  /**
   * Reads the rounds topic as a whole: records and notices, committed ones only, in their order.
   *
   * @throws DeadlineException when no broker answers, the topic is not there, or it is not read in
   *     time
   */
  public static List<InboundRecord> rounds(
      KafkaEndpoint endpoint, String contract, Duration allowed) throws InterruptedException {
    Deadline deadline = Deadline.in(allowed);
    String topic = Topic.ROUNDS.of(contract);
    try (TopicReader reader = TopicReader.open(endpoint, List.of(topic), deadline)) {
      Map<TopicPartition, Long> ends = reader.ends(deadline);
      List<InboundRecord> all = new ArrayList<>();
      while (!reader.isPast(ends)) {
        if (deadline.isPast()) {
          throw new DeadlineException(
              topic + " was not read to its end " + ends + " within " + deadline.allowed());
        }
        for (ConsumerRecord<byte[], byte[]> next : reader.poll(deadline.remaining(POLL))) {
          if (next.value() != null) {
            all.add(new InboundRecord(next.topic(), next.partition(), next.offset(), next.value()));
          }
        }
      }
      return all;
    }
  }

  /**
   * Measures a topic: where it begins and where it ends by now.
   *
   * @throws DeadlineException when no broker answers in time, or the topic is not there
   */
  public static TopicExtent extent(KafkaEndpoint endpoint, String topic, Duration allowed)
      throws InterruptedException {
    Deadline deadline = Deadline.in(allowed);
    try (TopicReader reader = TopicReader.open(endpoint, List.of(topic), deadline)) {
      // The end first: what is taken away meanwhile then counts as gone.
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
