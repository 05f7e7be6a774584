/** Measures rounds of other systems in the same way as those of Swarmstream. */
@NullMarked
package io.swarmstream.lab.bench.peers;

import org.jspecify.annotations.NullMarked;
