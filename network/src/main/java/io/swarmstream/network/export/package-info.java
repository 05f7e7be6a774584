/** Writes a training's rounds in the formats of other programs, a few rounds at a time. */
@NullMarked
package io.swarmstream.network.export;

import org.jspecify.annotations.NullMarked;
