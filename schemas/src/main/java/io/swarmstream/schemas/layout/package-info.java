/**
 * The order of a model's tensors in one flat vector, and the division of that vector into chunks.
 */
@NullMarked
package io.swarmstream.schemas.layout;

import org.jspecify.annotations.NullMarked;
