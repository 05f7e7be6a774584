package io.swarmstream.verification;

/** Receives the progress of a verification, in the thread that runs it. */
public interface Progress {
  /** A new part of the work begins. */
  void begins(String what);

  /** Chunks of models have been replayed. */
  void made(long chunks, long ofChunks);

  /** Reports nothing. */
  static Progress none() {
    return new Progress() {
      @Override
      public void begins(String what) {}

      @Override
      public void made(long chunks, long ofChunks) {}
    };
  }
}
