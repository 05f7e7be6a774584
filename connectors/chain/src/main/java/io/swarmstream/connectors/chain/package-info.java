/** Flink's source of contract events, and the operator that anchors sealed rounds on the chain. */
@NullMarked
package io.swarmstream.connectors.chain;

import org.jspecify.annotations.NullMarked;
