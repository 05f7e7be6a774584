/** Round windows: chunks wait here, in keyed state, for the plan that names the ones to merge. */
@NullMarked
package io.swarmstream.operators.window;

import org.jspecify.annotations.NullMarked;
