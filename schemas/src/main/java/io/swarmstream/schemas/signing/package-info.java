/** Keys, what a site or the coordinator signs, and the signatures. */
@NullMarked
package io.swarmstream.schemas.signing;

import org.jspecify.annotations.NullMarked;
