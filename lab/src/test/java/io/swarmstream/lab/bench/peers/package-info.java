/** Tests of the package of the same name. */
@NullMarked
package io.swarmstream.lab.bench.peers;

import org.jspecify.annotations.NullMarked;
