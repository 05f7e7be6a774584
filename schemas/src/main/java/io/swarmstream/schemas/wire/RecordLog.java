package io.swarmstream.schemas.wire;

import java.io.IOException;
import java.io.Serializable;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads single records again, wherever they stand in the log. Of one thread.
 *
 * <p>Who has seen a record once can keep its place instead of its bytes, since the log never
 * changes: a place gives the same bytes for as long as the log keeps them.
 */
public interface RecordLog extends AutoCloseable {
  /**
   * Reads the value of one record.
   *
   * @throws RecordGoneException when the log does not keep it any more
   * @throws IOException when the log does not answer in time; it may later
   */
  byte[] read(String topic, int partition, long offset) throws IOException, InterruptedException;

  /**
   * Looks for a committed record whose place nobody has seen.
   *
   * @param timestampMs the record's time stamp, or an earlier one; the nearer, the quicker
   * @param take what is wanted of a value; empty: it is another record's
   * @return what was taken; empty: the record is not there now. Does not wait for it.
   * @throws IOException when the log does not answer in time; it may later
   */
  <T> Optional<T> find(
      String topic, String key, long timestampMs, Function<byte[], Optional<T>> take)
      throws IOException, InterruptedException;

  @Override
  void close();

  /** Opens the log where it is needed. */
  @FunctionalInterface
  interface Opener extends Serializable {
    /**
     * Opens the log; does not wait for it.
     *
     * @param reader name of who reads, for the log's own books
     */
    RecordLog open(String reader);
  }
}
