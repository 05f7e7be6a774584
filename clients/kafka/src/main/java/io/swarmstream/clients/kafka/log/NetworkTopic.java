package io.swarmstream.clients.kafka.log;

import io.swarmstream.clients.kafka.KafkaEndpoint;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.TopicExistsException;

/** Creates topics of network nodes, which have one partition. */
final class NetworkTopic {
  private NetworkTopic() {}

  /**
   * Creates the topic unless it exists.
   *
   * @throws IllegalStateException when Kafka refuses or does not answer in time
   */
  static void create(
      KafkaEndpoint endpoint,
      String name,
      short replicas,
      Map<String, String> settings,
      Duration deadline)
      throws InterruptedException {
    try (Admin admin = endpoint.admin(deadline)) {
      NewTopic topic = new NewTopic(name, 1, replicas).configs(settings);
      admin.createTopics(List.of(topic)).all().get();
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw new IllegalStateException(
            "topic " + name + " cannot be created at " + endpoint + ": " + e.getCause(),
            e.getCause());
      }
    }
  }
}
