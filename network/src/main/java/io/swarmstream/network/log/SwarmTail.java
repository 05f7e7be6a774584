package io.swarmstream.network.log;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.swarmstream.clients.kafka.KafkaEndpoint;
import io.swarmstream.clients.kafka.SeldomWarning;
import io.swarmstream.clients.kafka.log.HeartbeatLog;
import io.swarmstream.clients.kafka.log.PublishedRound;
import io.swarmstream.clients.kafka.log.TopicTail;
import io.swarmstream.network.history.RoundHistory;
import io.swarmstream.schemas.avro.RoundNotice;
import io.swarmstream.schemas.wire.MalformedRecordException;
import io.swarmstream.schemas.wire.Topic;
import io.swarmstream.schemas.wire.WireFormat;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads rounds and heartbeats from Kafka as long as the node runs, and tells of new rounds. */
public final class SwarmTail implements AutoCloseable, TopicTail.Reader {
  private static final Logger LOG = LoggerFactory.getLogger(SwarmTail.class);
  private static final Duration DISCOVERY = Duration.ofSeconds(2);

  /** The newest records, among which is the notice of an open round, are not in the history. */
  private static final long READ_AGAIN = 50;

  /** Heartbeats of newer nodes may have more fields. */
  private static final ObjectMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private final SeldomWarning warning = new SeldomWarning(LOG);
  private final RoundHistory rounds;
  private final OpenRounds open;
  private final HeardNodes heard;
  private final Consumer<PublishedRound> newRound;
  private final List<PublishedRound> entered = new ArrayList<>();
  private @Nullable TopicTail tail;

  /**
   * A reader that fills these three.
   *
   * @param newRound called with each round that the history did not have when the node was started,
   *     once the history shows it; old ones first
   */
  public SwarmTail(
      RoundHistory rounds, OpenRounds open, HeardNodes heard, Consumer<PublishedRound> newRound) {
    this.rounds = rounds;
    this.open = open;
    this.heard = heard;
    this.newRound = newRound;
  }

  public void start(KafkaEndpoint kafka) {
    tail =
        TopicTail.start(
            kafka, topic -> topic.equals(HeartbeatLog.TOPIC) || isRounds(topic), DISCOVERY, this);
  }

  /** What keeps it from reading at present. */
  public Optional<String> problem() {
    TopicTail started = tail;
    return started == null
        ? Optional.of("no organisation has announced a Kafka yet")
        : started.problem();
  }

  private static boolean isRounds(String topic) {
    return Topic.ROUNDS.contract(topic).isPresent();
  }

  @Override
  public TopicTail.Start start(String topic, String topicId, int partition) {
    entered.clear(); // of a commit that failed: they are read again
    if (!isRounds(topic)) {
      return TopicTail.Start.BEGINNING;
    }
    OptionalLong next = rounds.next(topic, topicId, partition);
    return next.isPresent()
        ? TopicTail.Start.at(Math.max(0, next.getAsLong() - READ_AGAIN))
        : TopicTail.Start.BEGINNING;
  }

  @Override
  public void accept(ConsumerRecord<byte[], byte[]> next) {
    try {
      if (next.topic().equals(HeartbeatLog.TOPIC)) {
        if (next.value() != null) {
          heard.heard(JSON.readValue(next.value(), HeardNodes.Heartbeat.class));
        }
        return;
      }
      if (next.value() != null) {
        take(next.value(), next);
      }
    } catch (JsonProcessingException | MalformedRecordException e) {
      warning.say("skipped a record of " + next.topic() + ": " + e.getMessage());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    if (isRounds(next.topic())) {
      rounds.passed(next.topic(), next.partition(), next.offset());
    }
  }

  private void take(byte[] value, ConsumerRecord<byte[], byte[]> from)
      throws MalformedRecordException {
    String contract = Topic.ROUNDS.contract(from.topic()).orElseThrow();
    open.heard(contract, Instant.ofEpochMilli(from.timestamp()));
    if (WireFormat.ROUND_RECORD.frames(value)) {
      enter(PublishedRound.of(value), from);
    } else if (WireFormat.ROUND_NOTICE.frames(value)) {
      RoundNotice notice = WireFormat.ROUND_NOTICE.decode(value);
      if (notice.getFence().isEmpty()) {
        open.add(contract, notice);
      }
    }
  }

  private void enter(PublishedRound round, ConsumerRecord<byte[], byte[]> from) {
    if (!Topic.ROUNDS.of(round.record().getContract()).equals(from.topic())) {
      warning.say(
          "skipped a record of " + from.topic() + ": it is of " + round.record().getContract());
      return;
    }
    if (rounds.add(round, from.timestamp(), from.partition(), from.offset())) {
      entered.add(round);
    }
  }

  @Override
  public void passedOn() {
    rounds.commit();
    entered.forEach(newRound);
    entered.clear();
  }

  @Override
  public void close() {
    TopicTail started = tail;
    if (started != null) {
      started.close();
    }
  }
}
