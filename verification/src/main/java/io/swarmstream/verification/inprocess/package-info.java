/** Flink in the process that needs it, for itself alone. */
@NullMarked
package io.swarmstream.verification.inprocess;

import org.jspecify.annotations.NullMarked;
