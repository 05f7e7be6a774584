/** What benchmarks say of the machine that they ran on. */
@NullMarked
package io.swarmstream.lab.bench.machine;

import org.jspecify.annotations.NullMarked;
