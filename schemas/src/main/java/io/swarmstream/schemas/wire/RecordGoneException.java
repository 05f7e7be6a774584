package io.swarmstream.schemas.wire;

import java.io.IOException;

/** Thrown when a record that was read before is no longer in the log. */
public final class RecordGoneException extends IOException {
  private static final long serialVersionUID = 1L;

  public RecordGoneException(String topic, int partition, long offset) {
    super(
        "record "
            + topic
            + "/"
            + partition
            + "@"
            + offset
            + " is not in the log any more; keep the topic longer (retention.ms, retention.bytes) than a round may"
            + " wait for its sites");
  }
}
