/**
 * Rounds replayed from the log: what the records name is checked, merged and added up again, by the
 * code that the job itself uses.
 */
@NullMarked
package io.swarmstream.verification.replay;

import org.jspecify.annotations.NullMarked;
