package io.swarmstream.tasks.run;

/** A resource manager could not do what it was asked; the message says why and what to do. */
public final class RunFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** Creates a failure that nothing else caused. */
  public RunFailure(String message) {
    super(message);
  }

  /** Creates a failure with its cause. */
  public RunFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
