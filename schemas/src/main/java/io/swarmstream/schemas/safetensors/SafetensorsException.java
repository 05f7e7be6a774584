package io.swarmstream.schemas.safetensors;

import org.jspecify.annotations.Nullable;

/** Bytes that are not safetensors, or cannot be read here; the message says why. */
public final class SafetensorsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  SafetensorsException(String message) {
    this(message, null);
  }

  SafetensorsException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
