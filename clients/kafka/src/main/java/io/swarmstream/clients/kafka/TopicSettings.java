package io.swarmstream.clients.kafka;

import io.swarmstream.schemas.wire.Topic;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;

/** How a kind of topic is set up, and what of that an existing topic must have as well. */
final class TopicSettings {
  private static final int MIB = 1 << 20;

  private TopicSettings() {}

  static int partitions(Topic topic, TopicOptions options) {
    return switch (topic) {
      case DELTAS -> options.deltaPartitions();
      case MODELS -> options.modelPartitions();
      case ROUNDS, REJECTIONS, SITES -> 1;
    };
  }

  /** Readers of rounds count on one order over all of them. */
  static OptionalInt requiredPartitions(Topic topic) {
    return topic == Topic.ROUNDS ? OptionalInt.of(1) : OptionalInt.empty();
  }

  /** Settings that records would be lost, or be read wrongly, without. */
  static Map<String, String> required(Topic topic) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("cleanup.policy", isCompacted(topic) ? "compact" : "delete");
    // By a producer's clock, a site whose clock is wrong could have its records deleted at once.
    // Models are the job's own, and it finds them again by the time that it wrote.
    settings.put("message.timestamp.type", topic == Topic.MODELS ? "CreateTime" : "LogAppendTime");
    if (topic == Topic.DELTAS) {
      // The job counts on its deltas for a time, however many they are; brokers may bound bytes.
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
      case MODELS -> {
        compactEagerly(settings, 64 * MIB);
        settings.put("min.compaction.lag.ms", millis(options.modelLag()));
        // A job whose clock is wrong goes on.
        settings.put("message.timestamp.before.max.ms", Long.toString(Long.MAX_VALUE));
        settings.put("message.timestamp.after.max.ms", Long.toString(Long.MAX_VALUE));
      }
      case ROUNDS, SITES -> compactEagerly(settings, 16 * MIB);
    }
    return settings;
  }

  /**
   * A late joiner reads the whole topic, and the newest segment is never compacted: segments are
   * small and soon closed.
   */
  private static void compactEagerly(Map<String, String> settings, int segmentBytes) {
    settings.put("segment.bytes", Integer.toString(segmentBytes));
    settings.put("segment.ms", millis(Duration.ofHours(1)));
    settings.put("min.cleanable.dirty.ratio", "0.2");
  }

  private static boolean isCompacted(Topic topic) {
    return switch (topic) {
      case MODELS, ROUNDS, SITES -> true;
      case DELTAS, REJECTIONS -> false;
    };
  }

  private static String millis(Duration duration) {
    return Long.toString(duration.toMillis());
  }
}
