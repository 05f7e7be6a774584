/** Runs Flink inside the process that needs it, accessible to that process only. */
@NullMarked
package io.swarmstream.verification.inprocess;

import org.jspecify.annotations.NullMarked;
