/** Tests of the package of the same name. */
@NullMarked
package io.swarmstream.lab.bench.python;

import org.jspecify.annotations.NullMarked;
