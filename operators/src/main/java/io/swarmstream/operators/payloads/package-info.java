/**
 * The deltas' payloads, which stay in the log. {@code PayloadFacts} is what admission needs to know
 * of a payload, {@code PayloadReader} reads it again when it is merged, and {@code PayloadCache}
 * decides which payloads this JVM keeps in memory until then.
 */
@NullMarked
package io.swarmstream.operators.payloads;

import org.jspecify.annotations.NullMarked;
