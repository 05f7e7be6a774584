package io.swarmstream.schemas.wire;

/**
 * Keys of model chunks in the models topic, which is compacted. A chunk of a later round replaces
 * one of some rounds before, not that of the round before: a job that comes back continues from its
 * newest checkpoint, and the model of then must still be there, however long the job was away.
 */
public final class ModelKeys {
  private static final char SLOT = '/';

  /** At least so many models are kept: those of a checkpoint, and of the rounds since. */
  private static final int FEWEST = 3;

  private static final int MOST = 64;

  /** Chunks to keep of all models together, as far as that leaves enough models. */
  private static final int CHUNKS = 256;

  private ModelKeys() {}

  /**
   * Returns how many models of a contract the log keeps. The job merges at most one round less than
   * that beyond what its newest checkpoint has.
   *
   * @param chunkCount chunks of the model
   */
  public static int keptModels(int chunkCount) {
    return Math.max(FEWEST, Math.min(MOST, CHUNKS / chunkCount));
  }

  /** Returns the key of a chunk of a round's model. */
  public static String of(int chunk, int chunkCount, long round) {
    return chunk + "" + SLOT + round % keptModels(chunkCount);
  }

  /** Returns the key that jobs of an earlier version wrote a chunk under, whatever the round. */
  public static String ofAnyRound(int chunk) {
    return String.valueOf(chunk);
  }

  /**
   * Returns the part of a record's key that decides its partition: all records of a chunk are in
   * one partition, in the order of the rounds.
   */
  public static String partitionKey(String key) {
    int slot = key.indexOf(SLOT);
    return slot < 0 ? key : key.substring(0, slot);
  }
}
