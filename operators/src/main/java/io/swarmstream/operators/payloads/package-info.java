/**
 * The deltas' payloads, which stay in the log: what is looked up about them once, and how they are
 * read again when they are merged.
 */
@NullMarked
package io.swarmstream.operators.payloads;

import org.jspecify.annotations.NullMarked;
