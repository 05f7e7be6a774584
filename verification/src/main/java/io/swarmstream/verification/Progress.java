package io.swarmstream.verification;

/** Hears how far a verification is; from the thread that runs it. */
public interface Progress {
  /** A new part of the work begins. */
  void begins(String what);

  /** Chunks of models have been made anew. */
  void made(long chunks, long ofChunks);

  /** Says nothing to anybody. */
  static Progress none() {
    return new Progress() {
      @Override
      public void begins(String what) {}

      @Override
      public void made(long chunks, long ofChunks) {}
    };
  }
}
