package io.swarmstream.testkit.misfortune;

import io.swarmstream.schemas.Anchor;
import io.swarmstream.schemas.ContractEvent;
import io.swarmstream.schemas.wire.OutboundRecord;
import java.util.List;

/** The job with the log and the chain around it, as far as a scenario can touch it. */
public interface World extends AutoCloseable {
  /** Starts worlds that know nothing of each other. */
  @FunctionalInterface
  interface Maker {
    World make(long seed, int parallelism) throws Exception;
  }

  /**
   * Appends a record to a topic that sites write to; returns its offset.
   *
   * @param partition partition of the topic, 0 to 2
   */
  long append(String topic, int partition, byte[] value);

  /** The job hears of an event of the chain. */
  void contractEvent(ContractEvent event);

  /** While the chain is away nothing can be anchored. */
  void setChainAway(boolean away);

  /** Lets one thing happen that is on its way, chosen by the seed; false when nothing is. */
  boolean step() throws Exception;

  /** Lets time go by. */
  void tick(long ms);

  /** Milliseconds. */
  long nowMs();

  /** Starts a checkpoint unless one is under way. */
  void startCheckpoint();

  /** The checkpoint under way comes to nothing. */
  void declineCheckpoint();

  /** Loses every process; the job starts again from its newest completed checkpoint. */
  void crash(int parallelism) throws Exception;

  /** What readers of committed records see of all topics, in the order of its becoming visible. */
  List<OutboundRecord> committed();

  /** What stands on the chain. */
  List<Anchor> anchored();

  /** What the chain would not take. */
  List<Anchor> refusedAnchors();

  @Override
  void close() throws Exception;
}
