package io.swarmstream.clients.chain.tasks;

import java.time.Instant;

/**
 * A task as the chain has it.
 *
 * @param author free text of the author
 * @param account that created the task; only it and admins may change the task before it is
 *     finalised
 * @param bodyHash SHA-256, in hexadecimal digits, of the body's lines joined by line feeds; empty
 *     before the task is finalised
 * @param bodyLines number of lines of the body
 */
public record Task(
    String name,
    TaskType type,
    String author,
    String prerequisite,
    String outcome,
    String account,
    boolean isFinalised,
    String bodyHash,
    int bodyLines,
    Instant createdAt) {}
