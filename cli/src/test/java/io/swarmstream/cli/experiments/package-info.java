/** Tests of the package of the same name. */
@NullMarked
package io.swarmstream.cli.experiments;

import org.jspecify.annotations.NullMarked;
