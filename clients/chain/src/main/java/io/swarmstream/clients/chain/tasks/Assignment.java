package io.swarmstream.clients.chain.tasks;

import java.time.Instant;

/**
 * A task that was given to a taskrunner.
 *
 * @param run counts the assignments of this taskrunner from 1; reports of an earlier run are
 *     refused
 * @param assignedBy account that assigned it
 * @param isForAll whether all registered agents are called, not only those that were targeted
 */
public record Assignment(
    long run,
    String task,
    TaskType type,
    int required,
    boolean isForAll,
    String assignedBy,
    Instant assignedAt) {}
