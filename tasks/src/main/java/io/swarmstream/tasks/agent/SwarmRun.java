package io.swarmstream.tasks.agent;

import io.swarmstream.clients.chain.tasks.PeerState;
import io.swarmstream.tasks.run.StartedTrainer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A training: for each site of the host a node, and, when that is ready, a trainer. Everything that
 * is started survives the agent, so each look begins with what is there.
 */
final class SwarmRun implements WorkedRun {
  private final RunJournal journal;
  private final HostOrders orders;
  private final List<SiteTurn> turns = new ArrayList<>();

  SwarmRun(RunJournal journal, HostOrders orders, List<SiteTurn> turns) {
    this.journal = journal;
    this.orders = orders;
    this.turns.addAll(turns);
  }

  @Override
  public void step() throws IOException {
    Map<Integer, StartedTrainer> trainers = new HashMap<>();
    for (StartedTrainer trainer : orders.manager().running(journal.present().key())) {
      trainers.put(trainer.site(), trainer);
    }
    for (SiteTurn turn : turns) {
      JournaledPeer peer = journal.present().peers().get(turn.index());
      if (peer.state().isActive()) {
        look(turn, trainers);
      }
    }
  }

  /** A site that fails does not stop the others. */
  private void look(SiteTurn turn, Map<Integer, StartedTrainer> trainers) throws IOException {
    try {
      turn.step(trainers.get(turn.index()));
    } catch (IOException | RuntimeException e) {
      String reason = e.getMessage() == null ? e.toString() : e.getMessage();
      turn.fail(trainers.get(turn.index()), reason);
    }
  }

  @Override
  public void stop() {
    // Nothing runs in this process.
  }

  /** A report that says how far a site is. */
  static void says(RunJournal journal, int index, PeerState state, String text) throws IOException {
    journal.put(journal.present().withPeer(index, peer -> peer.now(state, text)));
  }
}
