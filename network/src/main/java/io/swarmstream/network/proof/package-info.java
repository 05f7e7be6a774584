/**
 * Proofs that are made at a member's request. How they are made is given from outside, because it
 * needs a Flink of its own.
 */
@NullMarked
package io.swarmstream.network.proof;

import org.jspecify.annotations.NullMarked;
