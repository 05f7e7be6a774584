package io.swarmstream.tasks.agent;

import java.time.Instant;

/**
 * A run that is over here, as it is on disk beside its logs.
 *
 * @param run with the last states of its peers
 */
public record EndedRun(JournaledRun run, Instant endedAt) {}
