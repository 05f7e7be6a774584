package io.swarmstream.clients.chain;

import io.swarmstream.schemas.ContractEvent;
import java.util.List;

/**
 * Supplies the event source with blocks and their events. Used by one thread, closed by another.
 */
public interface ContractEventLog extends AutoCloseable {
  /**
   * The number of the newest block.
   *
   * @throws ChainException when the chain does not answer or answers with an error
   */
  long newestBlock();

  /**
   * The events of these blocks, first and last inclusive, in the chain's order.
   *
   * @throws ChainException when the chain does not answer or answers with an error
   */
  List<ContractEvent> events(long firstBlock, long lastBlock);

  @Override
  void close();
}
