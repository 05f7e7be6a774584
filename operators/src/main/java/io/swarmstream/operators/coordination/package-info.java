/**
 * One coordinator for each contract decides from tiny receipts who is in a round, and when it
 * closes.
 */
@NullMarked
package io.swarmstream.operators.coordination;

import org.jspecify.annotations.NullMarked;
