package io.swarmstream.site.node.pipes;

import org.jspecify.annotations.Nullable;

/** Bytes that are no frame of HPE's, after which nothing else can be read either. */
final class BadFrameException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BadFrameException(String message) {
    this(message, null);
  }

  BadFrameException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
