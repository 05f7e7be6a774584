package io.swarmstream.tasks.agent;

import io.swarmstream.clients.chain.tasks.PeerState;
import io.swarmstream.clients.chain.tasks.TaskType;
import io.swarmstream.schemas.hashing.Hash;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The run that an agent takes part in, as it is on disk.
 *
 * @param attempt counts from 1 how often the agent was called in this run
 * @param isAllowed whether the host's rules and its owner have let it run
 * @param startedAt when it was allowed; before, when it was taken
 */
public record JournaledRun(
    String taskrunner,
    String account,
    long run,
    int attempt,
    String task,
    TaskType type,
    String assignedBy,
    boolean isAllowed,
    Instant startedAt,
    List<JournaledPeer> peers) {
  private static final int KEY_LENGTH = 8;

  /** Copies the list. */
  public JournaledRun {
    peers = List.copyOf(peers);
  }

  /** Identifies the run among all of all agents of this host. */
  public String key() {
    return keysOf(account) + short8(taskrunner) + "-" + number();
  }

  /** What the keys of all runs of an agent begin with. */
  static String keysOf(String account) {
    return short8(account) + "-";
  }

  private static String short8(String text) {
    return Hash.sha256(text.getBytes(StandardCharsets.UTF_8)).hex().substring(0, KEY_LENGTH);
  }

  /** The run for people: its number, and the attempt where that is not the first. */
  public String number() {
    return attempt == 1 ? Long.toString(run) : run + "." + attempt;
  }

  /** Whether no peer waits or runs. */
  boolean isOver() {
    return peers.stream().noneMatch(peer -> peer.state().isActive());
  }

  JournaledRun allowed(Instant at) {
    return new JournaledRun(
        taskrunner, account, run, attempt, task, type, assignedBy, true, at, peers);
  }

  JournaledRun withPeer(int index, UnaryOperator<JournaledPeer> change) {
    List<JournaledPeer> changed = new ArrayList<>(peers);
    changed.set(index, change.apply(changed.get(index)));
    return new JournaledRun(
        taskrunner, account, run, attempt, task, type, assignedBy, isAllowed, startedAt, changed);
  }

  /** All peers that have not ended get a state. */
  JournaledRun withActive(PeerState state, String description) {
    JournaledRun changed = this;
    for (JournaledPeer peer : peers) {
      if (peer.state().isActive()) {
        changed = changed.withPeer(peer.index(), now -> now.now(state, description));
      }
    }
    return changed;
  }
}
