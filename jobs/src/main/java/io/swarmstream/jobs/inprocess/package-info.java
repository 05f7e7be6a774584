/** Flink in the process that needs it, for itself alone. */
@NullMarked
package io.swarmstream.jobs.inprocess;

import org.jspecify.annotations.NullMarked;
