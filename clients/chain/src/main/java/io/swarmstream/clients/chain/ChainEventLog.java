package io.swarmstream.clients.chain;

import io.swarmstream.schemas.ContractEvent;
import io.swarmstream.schemas.ContractTerms;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.web3j.protocol.core.methods.response.Log;

/**
 * Reads the contract events of a chain. Skips an event that cannot be served and logs a warning.
 * The coordinator of a created contract is the present one, whoever it was in the beginning.
 */
public final class ChainEventLog implements ContractEventLog {
  private static final Logger LOG = LoggerFactory.getLogger(ChainEventLog.class);

  private final ChainClient client;

  public ChainEventLog(ChainOptions options) {
    this.client = ChainClient.reading(options);
  }

  @Override
  public long newestBlock() {
    return client.newestBlock();
  }

  @Override
  public List<ContractEvent> events(long firstBlock, long lastBlock) {
    List<Log> logs =
        client
            .events()
            .logsOfAny(
                "read the events of blocks " + firstBlock + " to " + lastBlock,
                firstBlock,
                lastBlock,
                // Changes of owner and coordinator concern others.
                ContractEventDecoder.CREATED,
                ContractEventDecoder.ENROLLED,
                ContractEventDecoder.REMOVED);
    List<ContractEvent> events = new ArrayList<>(logs.size());
    for (Log log : logs) {
      readInto(events, log);
    }
    return events;
  }

  private void readInto(List<ContractEvent> events, Log log) {
    String network = client.network();
    ContractEvent event;
    try {
      event = ContractEventDecoder.read(log, network);
    } catch (RuntimeException e) {
      // Not only IllegalArgumentException: web3j throws other exceptions for text that it cannot
      // decode. A retry would fail in the same way, and one stranger's event must not stop
      // everybody's job.
      LOG.warn(
          "skipped the event in block {}, log {}, transaction {}: {}",
          log.getBlockNumber(),
          log.getLogIndex(),
          log.getTransactionHash(),
          e.getMessage());
      return;
    }
    events.add(ofPresentCoordinator(event));
  }

  /** A job that reads the chain from its beginning serves the contracts that it coordinates now. */
  private ContractEvent ofPresentCoordinator(ContractEvent event) {
    ContractTerms terms = event.terms();
    return terms == null
        ? event
        : client
            .registry()
            .coordinator(event.contract())
            .map(now -> ContractEvent.created(event.block(), event.logIndex(), terms, now))
            .orElse(event);
  }

  @Override
  public void close() {
    client.close();
  }
}
