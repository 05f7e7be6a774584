package io.swarmstream.network.log;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.swarmstream.clients.kafka.KafkaEndpoint;
import io.swarmstream.clients.kafka.SeldomWarning;
import io.swarmstream.clients.kafka.log.HeartbeatLog;
import io.swarmstream.clients.kafka.log.PublishedRound;
import io.swarmstream.clients.kafka.log.TopicTail;
import io.swarmstream.schemas.wire.MalformedRecordException;
import io.swarmstream.schemas.wire.Topic;
import io.swarmstream.schemas.wire.WireFormat;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads rounds and heartbeats from Kafka as long as the node runs, and tells of new rounds. */
public final class SwarmTail implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SwarmTail.class);
  private static final Duration DISCOVERY = Duration.ofSeconds(2);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final SeldomWarning warning = new SeldomWarning(LOG);
  private final RoundHistory rounds;
  private final HeardNodes heard;
  private final Consumer<PublishedRound> newRound;
  private @Nullable TopicTail tail;

  /**
   * A reader that fills these two.
   *
   * @param newRound called with each round, old ones first
   */
  public SwarmTail(RoundHistory rounds, HeardNodes heard, Consumer<PublishedRound> newRound) {
    this.rounds = rounds;
    this.heard = heard;
    this.newRound = newRound;
  }

  public void start(KafkaEndpoint kafka) {
    tail =
        TopicTail.start(
            kafka,
            topic -> topic.equals(HeartbeatLog.TOPIC) || Topic.ROUNDS.contract(topic).isPresent(),
            DISCOVERY,
            (topic, key, value, at) -> accept(topic, value));
  }

  /** What keeps it from reading at present. */
  public Optional<String> problem() {
    TopicTail started = tail;
    return started == null
        ? Optional.of("no organisation has announced a Kafka yet")
        : started.problem();
  }

  private void accept(String topic, byte @Nullable [] value) {
    if (value == null) {
      return;
    }
    try {
      if (topic.equals(HeartbeatLog.TOPIC)) {
        heard.heard(JSON.readValue(value, HeardNodes.Heartbeat.class));
      } else if (WireFormat.ROUND_RECORD.frames(value)) {
        PublishedRound round = PublishedRound.of(value);
        rounds.add(round);
        newRound.accept(round);
      }
    } catch (JsonProcessingException | MalformedRecordException e) {
      warning.say("skipped a record of " + topic + ": " + e.getMessage());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    TopicTail started = tail;
    if (started != null) {
      started.close();
    }
  }
}
