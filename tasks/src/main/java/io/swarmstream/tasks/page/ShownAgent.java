package io.swarmstream.tasks.page;

import io.swarmstream.tasks.agent.AgentHome;

/**
 * The agent that a page is of.
 *
 * @param member its name in the swarm
 * @param taskrunner that it serves
 * @param consent whom it asks about, for people
 * @param runsAs how it runs trainers, for people
 * @param home where it keeps what the page shows
 */
public record ShownAgent(
    String member,
    String taskrunner,
    String consent,
    String runsAs,
    String version,
    AgentHome home) {}
