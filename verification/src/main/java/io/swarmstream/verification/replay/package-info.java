/**
 * Replays rounds from the log: checks and merges the deltas that the records name and adds them to
 * the model, with the code that the job itself uses.
 */
@NullMarked
package io.swarmstream.verification.replay;

import org.jspecify.annotations.NullMarked;
