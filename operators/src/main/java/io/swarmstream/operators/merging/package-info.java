/** From the gathered deltas of a chunk to the merged model's chunk. */
@NullMarked
package io.swarmstream.operators.merging;

import org.jspecify.annotations.NullMarked;
