/** Tests of the package of the same name. */
@NullMarked
package io.swarmstream.cli.bench.peers;

import org.jspecify.annotations.NullMarked;
