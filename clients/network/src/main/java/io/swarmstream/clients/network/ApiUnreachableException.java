package io.swarmstream.clients.network;

/** No network node answers. */
public final class ApiUnreachableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ApiUnreachableException(String message, Throwable cause) {
    super(message, cause);
  }
}
