package io.swarmstream.clients.kafka;

import io.swarmstream.schemas.wire.Topic;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;

/** The settings of each kind of topic, and which of them an existing topic must have as well. */
final class TopicSettings {
  private static final int MIB = 1 << 20;

  /** A site reads an update when its round is over; one that comes later reads the model. */
  private static final Duration UPDATE_RETENTION = Duration.ofHours(1);

  private TopicSettings() {}

  static int partitions(Topic topic, TopicOptions options) {
    return switch (topic) {
      case DELTAS -> options.deltaPartitions();
      case MODELS, OPTIMIZER, UPDATES -> options.modelPartitions();
      case ROUNDS, REJECTIONS, SITES -> 1;
    };
  }

  /** Partitions that a topic must have: readers of rounds rely on one order over all of them. */
  static OptionalInt requiredPartitions(Topic topic) {
    return topic == Topic.ROUNDS ? OptionalInt.of(1) : OptionalInt.empty();
  }

  /** Settings without which records would be lost or misread. */
  static Map<String, String> required(Topic topic) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("cleanup.policy", isCompacted(topic) ? "compact" : "delete");
    // With the producer's clock, a site whose clock is wrong could have its records deleted at
    // once. Models, and the optimizer's state, are written by the job, which finds them again by
    // the time that it wrote.
    settings.put("message.timestamp.type", isFoundByTime(topic) ? "CreateTime" : "LogAppendTime");
    if (topic == Topic.DELTAS) {
      // The job relies on time-based retention of deltas, however many there are; brokers may limit
      // bytes.
      settings.put("retention.bytes", "-1");
    }
    return settings;
  }

  static Map<String, String> of(Topic topic, TopicOptions options) {
    Map<String, String> settings = required(topic);
    if (options.replicationFactor() >= 3) {
      settings.put("min.insync.replicas", Integer.toString(options.replicationFactor() - 1));
    }
    switch (topic) {
      case DELTAS -> settings.put("retention.ms", millis(options.deltaRetention()));
      case REJECTIONS -> settings.put("retention.ms", millis(options.rejectionRetention()));
      case MODELS, OPTIMIZER -> {
        compactEagerly(settings, 64 * MIB);
        settings.put("min.compaction.lag.ms", millis(options.modelLag()));
        // Lets a job whose clock is wrong continue.
        settings.put("message.timestamp.before.max.ms", Long.toString(Long.MAX_VALUE));
        settings.put("message.timestamp.after.max.ms", Long.toString(Long.MAX_VALUE));
      }
      case ROUNDS, SITES -> compactEagerly(settings, 16 * MIB);
      case UPDATES -> {
        settings.put("retention.ms", millis(UPDATE_RETENTION));
        settings.put("segment.ms", millis(UPDATE_RETENTION));
      }
    }
    return settings;
  }

  /**
   * Keeps segments small and short-lived, because a late joiner reads the whole topic, and Kafka
   * never compacts the newest segment.
   */
  private static void compactEagerly(Map<String, String> settings, int segmentBytes) {
    settings.put("segment.bytes", Integer.toString(segmentBytes));
    settings.put("segment.ms", millis(Duration.ofHours(1)));
    settings.put("min.cleanable.dirty.ratio", "0.2");
  }

  private static boolean isFoundByTime(Topic topic) {
    return topic == Topic.MODELS || topic == Topic.OPTIMIZER;
  }

  private static boolean isCompacted(Topic topic) {
    return switch (topic) {
      case MODELS, ROUNDS, SITES, OPTIMIZER -> true;
      case DELTAS, REJECTIONS, UPDATES -> false;
    };
  }

  private static String millis(Duration duration) {
    return Long.toString(duration.toMillis());
  }
}
