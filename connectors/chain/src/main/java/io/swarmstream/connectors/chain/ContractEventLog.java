package io.swarmstream.connectors.chain;

import io.swarmstream.clients.chain.ChainException;
import io.swarmstream.schemas.ContractEvent;
import java.util.List;

/** What the event source reads: blocks with events. Used by one thread, closed by another. */
interface ContractEventLog extends AutoCloseable {
  /**
   * Number of the newest block.
   *
   * @throws ChainException when the chain does not say
   */
  long newestBlock();

  /**
   * Events of these blocks, first and last inclusive, in the chain's order.
   *
   * @throws ChainException when the chain does not say
   */
  List<ContractEvent> events(long firstBlock, long lastBlock);

  @Override
  void close();
}
