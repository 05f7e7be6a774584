/** Tests of the package of the same name. */
@NullMarked
package io.swarmstream.cli.options;

import org.jspecify.annotations.NullMarked;
