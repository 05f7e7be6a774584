package io.swarmstream.site.node.pipes;

import java.util.Arrays;
import java.util.Optional;

/** Kinds of frames, by their numbers in headers. */
enum MessageType {
  STATUS(1),
  OPEN_SESSION(2),
  OPEN_SESSION_ANSWER(3),
  CLOSE_SESSION(4),
  CLOSE_SESSION_ANSWER(5),
  SYNC(6),
  SYNC_ANSWER(7),
  GET_LOSS(8),
  GET_LOSS_ANSWER(9),
  KILL_SESSION(10);

  private final int code;

  MessageType(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }

  static Optional<MessageType> ofCode(int code) {
    return Arrays.stream(values()).filter(type -> type.code == code).findFirst();
  }

  /** Whether the body may hold a model. */
  boolean hasWeights() {
    return this == SYNC || this == CLOSE_SESSION;
  }
}
