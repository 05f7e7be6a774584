package io.swarmstream.network.log;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.swarmstream.clients.kafka.KafkaEndpoint;
import io.swarmstream.clients.kafka.SeldomWarning;
import io.swarmstream.clients.kafka.log.NoteLog;
import io.swarmstream.clients.kafka.log.TopicTail;
import io.swarmstream.schemas.wire.MalformedRecordException;
import io.swarmstream.schemas.wire.Topic;
import io.swarmstream.schemas.wire.WireFormat;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads rejections and notes. Apart from {@link SwarmTail}, because a node that lacks the right to
 * read these topics, which earlier versions did not have, still has to read rounds.
 */
public final class RemarkTail implements AutoCloseable, TopicTail.Reader {
  private static final Logger LOG = LoggerFactory.getLogger(RemarkTail.class);
  private static final Duration DISCOVERY = Duration.ofSeconds(2);

  /** Notes of newer nodes may have more fields. */
  private static final ObjectMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private final SeldomWarning warning = new SeldomWarning(LOG);
  private final RefusedContributions refused;
  private final ExperimentNotes notes;
  private @Nullable TopicTail tail;

  public RemarkTail(RefusedContributions refused, ExperimentNotes notes) {
    this.refused = refused;
    this.notes = notes;
  }

  public void start(KafkaEndpoint kafka) {
    tail =
        TopicTail.start(
            kafka,
            topic -> topic.equals(NoteLog.TOPIC) || Topic.REJECTIONS.contract(topic).isPresent(),
            DISCOVERY,
            this);
  }

  /** What keeps it from reading at present. */
  public Optional<String> problem() {
    TopicTail started = tail;
    return started == null ? Optional.empty() : started.problem();
  }

  @Override
  public TopicTail.Start start(String topic, String topicId, int partition) {
    return topic.equals(NoteLog.TOPIC)
        ? TopicTail.Start.BEGINNING
        : TopicTail.Start.newest(RefusedContributions.KEPT);
  }

  @Override
  public void accept(ConsumerRecord<byte[], byte[]> next) {
    if (next.value() == null) {
      return;
    }
    try {
      if (next.topic().equals(NoteLog.TOPIC)) {
        enter(JSON.readValue(next.value(), ExperimentNotes.Note.class));
      } else if (WireFormat.REJECTION.frames(next.value())) {
        refused.add(
            Topic.REJECTIONS.contract(next.topic()).orElseThrow(),
            WireFormat.REJECTION.decode(next.value()));
      }
    } catch (IOException | MalformedRecordException e) {
      warning.say("skipped a record of " + next.topic() + ": " + e.getMessage());
    }
  }

  /** Another node's note may lack anything. */
  private void enter(ExperimentNotes.Note note) {
    if (Objects.nonNull(note)
        && Objects.nonNull(note.contract())
        && Objects.nonNull(note.text())
        && Objects.nonNull(note.by())) {
      notes.enter(note);
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
