package io.swarmstream.site.node.pipes;

import java.io.IOException;

/** A client that has ended its session in the middle of a sync. */
final class ClientGoneException extends IOException {
  private static final long serialVersionUID = 1L;

  ClientGoneException(String message) {
    super(message);
  }

  ClientGoneException(String message, Throwable cause) {
    super(message, cause);
  }
}
