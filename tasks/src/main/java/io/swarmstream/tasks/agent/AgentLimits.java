package io.swarmstream.tasks.agent;

import java.time.Duration;

/**
 * How long an agent waits for things.
 *
 * @param task from the start of a task to its end
 * @param siteStart until the node of a site is ready for its trainer
 * @param silence how long what runs may go on while no network node answers: nobody could stop it
 * @param grace what programs get to end by themselves
 * @param poll between two looks at the chain
 */
public record AgentLimits(
    Duration task, Duration siteStart, Duration silence, Duration grace, Duration poll) {
  /** A day for a task, two minutes for a site to start, an hour without the chain. */
  public static final AgentLimits USUAL =
      new AgentLimits(
          Duration.ofHours(24),
          Duration.ofMinutes(2),
          Duration.ofHours(1),
          Duration.ofSeconds(10),
          Duration.ofSeconds(1));

  /** These limits with another one for tasks. */
  public AgentLimits withTask(Duration most) {
    return new AgentLimits(most, siteStart, silence, grace, poll);
  }
}
