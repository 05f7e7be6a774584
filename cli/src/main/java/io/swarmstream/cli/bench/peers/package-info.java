/** Rounds of other systems, measured as ours are. */
@NullMarked
package io.swarmstream.cli.bench.peers;

import org.jspecify.annotations.NullMarked;
