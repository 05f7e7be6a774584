/** Codes that sites and the coordinator exchange about a round. */
@NullMarked
package io.swarmstream.schemas.rounds;

import org.jspecify.annotations.NullMarked;
