/**
 * The chain client, without Flink: {@link io.swarmstream.clients.chain.ChainClient} connects to a
 * node, or to the first of several that answers; {@code ContractRegistry} reads training contracts,
 * {@code ContractAdministration} changes them, {@code AnchorLedger} anchors rounds, {@code
 * ChainEventLog} reads contract events. In a swarm with members, {@code MemberDirectory} reads
 * them, {@code MemberAdministration} changes them, and {@code AuditLog} tells who did what. {@code
 * JsonRpc} sends every request and {@code Refusals} turns a node's errors into messages that name
 * the way out. An unreachable node throws {@code ChainUnreachableException}; the caller decides
 * whether to retry.
 */
@NullMarked
package io.swarmstream.clients.chain;

import org.jspecify.annotations.NullMarked;
