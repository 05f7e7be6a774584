package io.swarmstream.site.node.safetensors;

import org.jspecify.annotations.Nullable;

/** The bytes are no safetensors that can be read here; the message says what is wrong with them. */
public final class SafetensorsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  SafetensorsException(String message) {
    this(message, null);
  }

  SafetensorsException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
