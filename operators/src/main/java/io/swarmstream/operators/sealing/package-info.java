/** From the hashes of a model's chunks to the round record that binds them. */
@NullMarked
package io.swarmstream.operators.sealing;

import org.jspecify.annotations.NullMarked;
