/** A site's signed delta for one round, cut into chunks, and its events. */
@NullMarked
package io.swarmstream.schemas.contribution;

import org.jspecify.annotations.NullMarked;
