/** Runs the systems that the benchmarks compare with, which are Python programs. */
@NullMarked
package io.swarmstream.lab.bench.python;

import org.jspecify.annotations.NullMarked;
