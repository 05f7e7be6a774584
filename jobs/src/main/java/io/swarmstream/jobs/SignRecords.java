package io.swarmstream.jobs;

import io.swarmstream.clients.chain.SigningKey;
import io.swarmstream.schemas.signing.RecordSignature;
import io.swarmstream.schemas.signing.SiteKey;
import io.swarmstream.schemas.wire.OutboundRecord;
import io.swarmstream.schemas.wire.Topic;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.jspecify.annotations.Nullable;

/**
 * Signs the records that sites rely on before they are written to the log: round records, notices
 * and rejections. The same bytes get the same signature, so that a republished record is identical.
 *
 * <p>Anybody who can write to a deltas topic can cause any number of rejections, and a signature
 * takes a hundred times as long as the rest of their processing. The number of signed rejections is
 * therefore limited, so that one contract's flood does not delay the others. Sites ignore unsigned
 * rejections; a site whose rejection was not signed retries, as after any loss.
 */
final class SignRecords extends RichMapFunction<OutboundRecord, OutboundRecord> {
  private static final long serialVersionUID = 1L;

  /** Limit for each contract in a subtask. */
  static final int REJECTIONS_A_SECOND = 100;

  private static final long SECOND_NANOS = Duration.ofSeconds(1).toNanos();

  // -- configuration
  private final SigningKey coordinatorKey;

  // -- runtime
  private transient @Nullable SiteKey key;

  /** The current second of each topic of rejections. */
  private transient Map<String, Second> seconds;

  /** A second that has begun, and the number of records signed since. */
  private static final class Second {
    private long beganNanos;
    private int signed;

    private Second(long beganNanos) {
      this.beganNanos = beganNanos;
    }

    private boolean hasRoom(long nowNanos) {
      if (nowNanos - beganNanos >= SECOND_NANOS) {
        beganNanos = nowNanos;
        signed = 0;
      }
      return signed++ < REJECTIONS_A_SECOND;
    }
  }

  SignRecords(SigningKey coordinatorKey) {
    this.coordinatorKey = coordinatorKey;
  }

  @Override
  public void open(OpenContext context) {
    key = coordinatorKey.load();
    seconds = new HashMap<>();
  }

  @Override
  public OutboundRecord map(OutboundRecord record) {
    RecordSignature pending = record.signature();
    if (pending == null || key == null) {
      throw new IllegalStateException(
          record + " does not say under which terms it is to be signed");
    }
    if (Topic.REJECTIONS.contract(record.topic()).isPresent() && !hasRoom(record.topic())) {
      return new OutboundRecord(record.topic(), record.key(), record.value(), record.timestampMs());
    }
    return record.with(pending.sign(key, record.topic(), record.value()));
  }

  private boolean hasRoom(String topic) {
    long now = System.nanoTime();
    return seconds.computeIfAbsent(topic, any -> new Second(now)).hasRoom(now);
  }
}
