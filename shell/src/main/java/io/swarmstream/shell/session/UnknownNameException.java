package io.swarmstream.shell.session;

/** A line names something that is not there; the message says what there is. */
public final class UnknownNameException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  public UnknownNameException(String message) {
    super(message);
  }
}
