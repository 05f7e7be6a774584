/**
 * The Ethereum node of a network node: geth as a child process without an open RPC port, or any
 * other node by its URL, and the gate that lets members call it.
 */
@NullMarked
package io.swarmstream.network.chain;

import org.jspecify.annotations.NullMarked;
