package io.swarmstream.connectors.chain;

import io.swarmstream.clients.chain.AnchorConflictException;
import io.swarmstream.clients.chain.ChainUnreachableException;
import io.swarmstream.clients.chain.RoundGapException;
import io.swarmstream.schemas.Anchor;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends anchors and retries without limit.
 *
 * <ul>
 *   <li>If the chain is unreachable, all contracts wait, and one warning says so.
 *   <li>If the chain rejects a contract's round, that contract waits, because its owner may solve
 *       the problem; the others continue.
 *   <li>If the chain holds a different anchor of the round, anchoring of that contract halts with
 *       an error until the job is restarted. Anchors never change, so that a retry cannot help, and
 *       anchoring later rounds would hide the conflict.
 *   <li>If the chain lost rounds, their anchors are sent again from memory.
 * </ul>
 */
final class AnchorSender implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(AnchorSender.class);

  /** Longest wait for an anchor, and so the longest delay of a retry that is due. */
  private static final Duration PATIENCE = Duration.ofMillis(100);

  /** Longest wait when none is to be sent again: the queue wakes this up for a new one. */
  private static final Duration IDLE_PATIENCE = Duration.ofSeconds(5);

  private final AnchorQueue queue;
  private final AnchorClient anchoring;
  private final Runnable onAnchored;
  private final Outage chainAway = new Outage(LOG, "anchoring of rounds");
  private final Map<String, Outage> refusals = new HashMap<>();

  private volatile boolean isStopped;

  AnchorSender(AnchorQueue queue, AnchorClient anchoring, Runnable onAnchored) {
    this.queue = queue;
    this.anchoring = anchoring;
    this.onAnchored = onAnchored;
  }

  void stop() {
    isStopped = true;
  }

  @Override
  public void run() {
    try {
      while (!isStopped) {
        var due = queue.take(queue.pending() == 0 ? IDLE_PATIENCE : PATIENCE);
        if (due.isPresent()) {
          send(due.get());
        }
      }
    } catch (InterruptedException e) {
      // The task ends; its checkpoint contains what is not anchored.
      Thread.currentThread().interrupt();
    }
  }

  private void send(Anchor anchor) throws InterruptedException {
    try {
      anchoring.anchor(anchor);
      chainAway.worked();
      refusal(anchor.contract()).worked();
      queue.anchored(anchor);
      onAnchored.run();
    } catch (AnchorConflictException e) {
      chainAway.worked();
      LOG.error("{}. No more rounds of this contract will be anchored by this job", e.getMessage());
      queue.halt(anchor.contract(), anchor.round());
    } catch (RoundGapException e) {
      chainAway.worked();
      closeGap(anchor, e);
    } catch (ChainUnreachableException e) {
      if (!isStopped) {
        Thread.sleep(chainAway.failed(e).toMillis());
      }
    } catch (RuntimeException e) {
      if (!isStopped) {
        queue.postpone(anchor.contract(), refusal(anchor.contract()).failed(e));
      }
    }
  }

  private void closeGap(Anchor anchor, RoundGapException gap) {
    if (queue.rewind(anchor.contract(), gap.nextRound())) {
      LOG.warn("the chain has lost anchors: {}; sending them again", gap.getMessage());
    } else {
      queue.postpone(anchor.contract(), refusal(anchor.contract()).failed(gap));
    }
  }

  private Outage refusal(String contract) {
    return refusals.computeIfAbsent(
        contract, name -> new Outage(LOG, "anchoring of rounds of contract " + name));
  }
}
