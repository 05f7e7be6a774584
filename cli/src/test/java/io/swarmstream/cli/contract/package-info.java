/** Tests of the package of the same name. */
@NullMarked
package io.swarmstream.cli.contract;

import org.jspecify.annotations.NullMarked;
