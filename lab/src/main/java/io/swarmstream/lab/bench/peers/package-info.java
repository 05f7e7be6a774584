/** Rounds of other systems, measured as ours are. */
@NullMarked
package io.swarmstream.lab.bench.peers;

import org.jspecify.annotations.NullMarked;
