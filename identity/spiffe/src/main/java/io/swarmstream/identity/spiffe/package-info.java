/** Keeps an identity folder up to date with what a SPIFFE Workload API issues. */
@NullMarked
package io.swarmstream.identity.spiffe;

import org.jspecify.annotations.NullMarked;
