package io.swarmstream.tasks.agent;

import java.util.List;

/**
 * Who an agent is in the swarm.
 *
 * @param name of its member
 * @param sites names of the members whose sites it runs, in the order of its profile
 */
public record AgentMember(String name, String account, List<String> sites) {
  /** Copies the list. */
  public AgentMember {
    sites = List.copyOf(sites);
  }
}
