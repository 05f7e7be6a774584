package io.swarmstream.testkit.misfortune;

import io.swarmstream.schemas.Anchor;
import io.swarmstream.schemas.ContractEvent;
import io.swarmstream.schemas.wire.OutboundRecord;
import java.util.List;

/** The job with its log and chain, as far as a scenario can influence them. */
public interface World extends AutoCloseable {
  /** Starts worlds that are independent of each other. */
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

  /** Delivers a chain event to the job. */
  void contractEvent(ContractEvent event);

  /** Makes the chain unreachable or reachable; while it is unreachable, nothing can be anchored. */
  void setChainAway(boolean away);

  /** Delivers one pending item, chosen by the seed; false when nothing is pending. */
  boolean step() throws Exception;

  /** Advances the time. */
  void tick(long ms);

  /** The current time in milliseconds. */
  long nowMs();

  /** Starts a checkpoint unless one is in progress. */
  void startCheckpoint();

  /** Declines the checkpoint in progress. */
  void declineCheckpoint();

  /** Loses every process; the job restarts from its newest completed checkpoint. */
  void crash(int parallelism) throws Exception;

  /**
   * What readers of committed records see of all topics, in the order in which it becomes visible.
   */
  List<OutboundRecord> committed();

  /** The anchors on the chain. */
  List<Anchor> anchored();

  /** The anchors that the chain rejected. */
  List<Anchor> refusedAnchors();

  @Override
  void close() throws Exception;
}
