/**
 * Proves afterwards which contributions made a model: what the log says is compared with the chain,
 * and the rounds are replayed, as a bounded Flink job, and compared bit for bit.
 */
@NullMarked
package io.swarmstream.verification;

import org.jspecify.annotations.NullMarked;
