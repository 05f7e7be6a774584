package io.swarmstream.connectors.chain;

import io.swarmstream.clients.chain.ChainException;
import io.swarmstream.clients.chain.ChainUnreachableException;
import io.swarmstream.schemas.ContractEvent;
import java.util.ArrayList;
import java.util.List;

/** A chain in memory that can be away and that remembers which pages it was asked for. */
final class FakeEventLog implements ContractEventLog {
  final List<ContractEvent> events = new ArrayList<>();
  final List<String> pages = new ArrayList<>();
  long newestBlock;
  long largestPage = Long.MAX_VALUE;
  boolean isAway;

  /** Adds an enrolment whose site name tells its place. */
  FakeEventLog with(long block, long logIndex) {
    events.add(ContractEvent.enrolled(block, logIndex, "mnist", "0xab", block + "/" + logIndex, 1));
    newestBlock = Math.max(newestBlock, block);
    return this;
  }

  @Override
  public long newestBlock() {
    checkThere();
    return newestBlock;
  }

  @Override
  public List<ContractEvent> events(long firstBlock, long lastBlock) {
    checkThere();
    pages.add(firstBlock + "-" + lastBlock);
    if (lastBlock - firstBlock >= largestPage) {
      throw new ChainException("too many blocks");
    }
    return events.stream()
        .filter(event -> event.block() >= firstBlock && event.block() <= lastBlock)
        .toList();
  }

  @Override
  public void close() {}

  private void checkThere() {
    if (isAway) {
      throw new ChainUnreachableException("nobody answers", new java.io.IOException("refused"));
    }
  }
}
