/**
 * Round windows: chunks wait here, in keyed state, for the plan that names the ones to merge.
 * {@code RoundWindows} assigns a signal to its round, {@code PlanTrigger} decides when a window
 * fires and when nothing is left in it, {@code GatherRound} passes on what the plan names.
 */
@NullMarked
package io.swarmstream.operators.window;

import org.jspecify.annotations.NullMarked;
