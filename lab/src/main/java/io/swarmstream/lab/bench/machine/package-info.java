/** Describes the machine that a benchmark ran on. */
@NullMarked
package io.swarmstream.lab.bench.machine;

import org.jspecify.annotations.NullMarked;
