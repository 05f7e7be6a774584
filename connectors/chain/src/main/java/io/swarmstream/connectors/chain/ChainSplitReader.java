package io.swarmstream.connectors.chain;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.swarmstream.clients.chain.ChainException;
import io.swarmstream.clients.chain.ChainUnreachableException;
import io.swarmstream.clients.chain.ContractEventLog;
import io.swarmstream.schemas.ContractEvent;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.apache.flink.connector.base.source.reader.RecordsBySplits;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;
import org.apache.flink.connector.base.source.reader.splitreader.SplitReader;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsChange;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads events page by page in its own thread. Never fails: it retries when the chain is
 * unreachable or answers with an error.
 */
final class ChainSplitReader implements SplitReader<ReadEvent, ChainSplit> {
  /** The largest page that hosted nodes answer. */
  static final long MAX_PAGE_BLOCKS = 2_000;

  private static final Logger LOG = LoggerFactory.getLogger(ChainSplitReader.class);

  private final ContractEventLog events;
  private final int confirmations;
  private final Duration pollInterval;
  private final Outage outage = new Outage(LOG, "reading the contracts' events");
  private final Semaphore wakeUps = new Semaphore(0);

  private @Nullable ChainSplit next;
  private long pageBlocks = MAX_PAGE_BLOCKS;
  private boolean isBehind;

  ChainSplitReader(ContractEventLog events, int confirmations, Duration pollInterval) {
    this.events = events;
    this.confirmations = confirmations;
    this.pollInterval = pollInterval;
  }

  @Override
  public void handleSplitsChanges(SplitsChange<ChainSplit> change) {
    next = change.splits().get(0);
  }

  @Override
  public RecordsWithSplitIds<ReadEvent> fetch() {
    RecordsBySplits.Builder<ReadEvent> page = new RecordsBySplits.Builder<>();
    ChainSplit from = next;
    if (from == null) {
      pause(pollInterval);
      return page.build();
    }
    try {
      long newest = events.newestBlock() - confirmations;
      checkProgress(newest, from);
      if (newest < from.block()) {
        outage.worked();
        pause(pollInterval);
      } else {
        readPage(page, from, Math.min(newest, from.block() + pageBlocks - 1));
      }
    } catch (RuntimeException e) {
      pause(outage.failed(e));
    }
    return page.build();
  }

  private void readPage(RecordsBySplits.Builder<ReadEvent> page, ChainSplit from, long lastBlock) {
    List<ContractEvent> read;
    try {
      read = events.events(from.block(), lastBlock);
    } catch (ChainUnreachableException e) {
      throw e;
    } catch (ChainException e) {
      askForLess(lastBlock - from.block() + 1, e);
      return;
    }
    for (ContractEvent event : read) {
      if (event.block() > from.block() || event.logIndex() >= from.logIndex()) {
        page.add(from, new ReadEvent(event, new ChainSplit(event.block(), event.logIndex() + 1)));
      }
    }
    ChainSplit after = new ChainSplit(lastBlock + 1, 0);
    page.add(from, new ReadEvent(null, after));
    next = after;
    outage.worked();
    pageBlocks = Math.min(pageBlocks + pageBlocks / 4 + 1, MAX_PAGE_BLOCKS);
  }

  /**
   * Retries with smaller pages, because nodes reject pages with too many events, each with its own
   * message.
   */
  private void askForLess(long askedBlocks, ChainException refusal) {
    if (askedBlocks == 1) {
      throw refusal;
    }
    pageBlocks = askedBlocks / 2;
    LOG.debug("asking for {} blocks at a time", pageBlocks, refusal);
    pause(pollInterval);
  }

  /** Warns when the chain has lost blocks that were read, because their events cannot be undone. */
  private void checkProgress(long newest, ChainSplit from) {
    boolean behind = newest < from.block() - 1;
    if (behind && !isBehind) {
      LOG.warn(
          "the chain's newest confirmed block is {}, but blocks up to {} have been read: it was set"
              + " back, or the address leads to another chain; events of new blocks up to there"
              + " will be missed. More confirmations than {} prevent this",
          newest,
          from.block() - 1,
          confirmations);
    }
    isBehind = behind;
  }

  private void pause(Duration duration) {
    try {
      if (wakeUps.tryAcquire(duration.toNanos(), NANOSECONDS)) {
        wakeUps.drainPermits();
      }
    } catch (InterruptedException e) {
      // The fetcher sees the flag and stops.
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void wakeUp() {
    wakeUps.release();
  }

  @Override
  public void close() {
    events.close();
  }
}
