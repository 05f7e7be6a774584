/** The systems that we are measured against, which are programs in Python. */
@NullMarked
package io.swarmstream.lab.bench.python;

import org.jspecify.annotations.NullMarked;
