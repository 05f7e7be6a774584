/** Tests of the package of the same name. */
@NullMarked
package io.swarmstream.lab.bench.kernels;

import org.jspecify.annotations.NullMarked;
