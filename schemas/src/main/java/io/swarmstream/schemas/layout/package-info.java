/** How a model's tensors lie in one flat vector, and how that vector is cut into chunks. */
@NullMarked
package io.swarmstream.schemas.layout;

import org.jspecify.annotations.NullMarked;
