/**
 * The chain client, without Flink: {@link io.swarmstream.clients.chain.ChainClient} connects to a
 * node; {@code ContractRegistry} reads training contracts, {@code ContractAdministration} changes
 * them, {@code AnchorLedger} anchors rounds, {@code ChainEventLog} reads contract events. {@code
 * JsonRpc} sends every request and {@code Refusals} turns a node's errors into messages that name
 * the way out. An unreachable node throws {@code ChainUnreachableException}; the caller decides
 * whether to retry.
 */
@NullMarked
package io.swarmstream.clients.chain;

import org.jspecify.annotations.NullMarked;
