package io.swarmstream.schemas.wire;

import java.io.IOException;
import java.io.Serializable;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads single records again, at any place in the log. Not thread-safe.
 *
 * <p>A caller that has read a record once can keep its place instead of its bytes. The log never
 * changes, so a place returns the same bytes for as long as the log keeps them.
 */
public interface RecordLog extends AutoCloseable {
  /**
   * Reads the value of one record.
   *
   * @throws RecordGoneException if the log no longer keeps the record
   * @throws IOException if the log does not answer in time; a retry may succeed
   */
  byte[] read(String topic, int partition, long offset) throws IOException, InterruptedException;

  /**
   * Searches for a committed record whose place is unknown.
   *
   * @param timestampMs the record's timestamp, or an earlier one; the search is faster the nearer
   *     it is
   * @param take extracts the result from a value; empty: the value is another record's
   * @return the extracted result; empty: the record is not there now. Does not wait for it.
   * @throws IOException if the log does not answer in time; a retry may succeed
   */
  <T> Optional<T> find(
      String topic, String key, long timestampMs, Function<byte[], Optional<T>> take)
      throws IOException, InterruptedException;

  @Override
  void close();

  /** Opens the log in the process that reads it. */
  @FunctionalInterface
  interface Opener extends Serializable {
    /**
     * Opens the log; does not wait for it.
     *
     * @param reader name of the reader, as the log registers it
     */
    RecordLog open(String reader);
  }
}
