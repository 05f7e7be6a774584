/** Describes the machine that a benchmark ran on, and what it reports of processes. */
@NullMarked
package io.swarmstream.lab.bench.machine;

import org.jspecify.annotations.NullMarked;
