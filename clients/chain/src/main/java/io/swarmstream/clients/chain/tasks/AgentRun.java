package io.swarmstream.clients.chain.tasks;

import java.time.Instant;
import java.util.List;

/**
 * An agent that has enrolled in the present run of a taskrunner.
 *
 * @param account of the agent
 * @param attempt 1, and one more each time the agent was targeted again after it had enrolled
 * @param peers the newest report of each, by index; all peers are RUNNING with an empty description
 *     until the agent has reported
 */
public record AgentRun(String account, int attempt, Instant enrolledAt, List<Reported> peers) {
  /** The newest report of a peer, and when it came. */
  public record Reported(PeerReport report, Instant at) {}
}
