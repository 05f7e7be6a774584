package io.swarmstream.tasks.agent;

import io.swarmstream.clients.chain.ChainRefusalException;
import io.swarmstream.clients.chain.tasks.AgentRun;
import io.swarmstream.clients.chain.tasks.PeerReport;
import io.swarmstream.clients.chain.tasks.TaskBoard;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the chain what changes at this agent's peers, and nothing twice. */
final class PeerReports {
  private static final Logger LOG = LoggerFactory.getLogger(PeerReports.class);

  private final TaskBoard board;
  private final Map<Integer, PeerReport> told = new HashMap<>();

  PeerReports(TaskBoard board) {
    this.board = board;
  }

  /** Begins with what the chain has. */
  void begin(AgentRun known) {
    told.clear();
    known.peers().forEach(peer -> told.put(peer.report().index(), peer.report()));
  }

  void forget() {
    told.clear();
  }

  /**
   * Sends what has changed, in one transaction.
   *
   * @throws io.swarmstream.clients.chain.ChainException when the chain does not answer; the next
   *     call sends it
   */
  void send(JournaledRun run) {
    List<PeerReport> news = new ArrayList<>();
    for (JournaledPeer peer : run.peers()) {
      if (!peer.report().equals(told.get(peer.index()))) {
        news.add(peer.report());
      }
    }
    if (news.isEmpty()) {
      return;
    }
    try {
      board.report(run.taskrunner(), run.run(), news);
    } catch (ChainRefusalException e) {
      // The run was reset, or the peer has ended for the chain: saying it again changes nothing.
      LOG.warn("the report about run {} was refused: {}", run.number(), e.getMessage());
    }
    news.forEach(report -> told.put(report.index(), report));
  }
}
