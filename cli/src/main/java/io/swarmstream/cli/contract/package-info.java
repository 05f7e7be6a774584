/** {@code swarm contract}: training contracts on the chain, and drafts of a local swarm. */
@NullMarked
package io.swarmstream.cli.contract;

import org.jspecify.annotations.NullMarked;
