/** Tests of the package of the same name. */
@NullMarked
package io.swarmstream.cli.train;

import org.jspecify.annotations.NullMarked;
