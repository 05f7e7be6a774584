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
 * Signs what sites go by, as it leaves for the log: round records, notices and rejections. The same
 * bytes get the same signature, so that a record published again is the same.
 *
 * <p>Anybody who can write to a deltas topic brings about rejections without end, and a signature
 * takes a hundred times as long as all else that happens to one. So there is an end to how many are
 * signed: one contract's flood does not hold up the others. Sites pass the rest over, and whoever
 * is refused among them sends again, as after any loss.
 */
final class SignRecords extends RichMapFunction<OutboundRecord, OutboundRecord> {
  private static final long serialVersionUID = 1L;

  /** Of each contract, in a subtask. */
  static final int REJECTIONS_A_SECOND = 100;

  private static final long SECOND_NANOS = Duration.ofSeconds(1).toNanos();

  // -- configuration
  private final SigningKey coordinatorKey;

  // -- runtime
  private transient @Nullable SiteKey key;

  /** By topic of rejections. */
  private transient Map<String, Second> seconds;

  /** A second that has begun, and how many were signed since. */
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
