/** A real SPIRE for tests, where its programs are. */
@NullMarked
package io.swarmstream.testkit.spire;

import org.jspecify.annotations.NullMarked;
