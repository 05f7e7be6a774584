package io.swarmstream.tasks.agent;

import io.swarmstream.clients.chain.tasks.PeerReport;
import io.swarmstream.clients.chain.tasks.PeerState;

/**
 * What an agent knows of one peer of its run.
 *
 * @param isTrainerStarted whether its trainer was started, or was about to be
 */
public record JournaledPeer(
    int index, String uid, PeerState state, String description, boolean isTrainerStarted) {
  /** The same peer in another state. */
  JournaledPeer now(PeerState next, String text) {
    return new JournaledPeer(index, uid, next, text, isTrainerStarted);
  }

  /** The same peer whose trainer is about to be started. */
  JournaledPeer withTrainer() {
    return new JournaledPeer(index, uid, state, description, true);
  }

  PeerReport report() {
    return new PeerReport(index, uid, state, description);
  }
}
