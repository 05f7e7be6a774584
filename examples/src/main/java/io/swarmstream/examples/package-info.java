/** Programs to copy from. {@code FirstTraining} is the smallest that takes part in a training. */
@NullMarked
package io.swarmstream.examples;

import org.jspecify.annotations.NullMarked;
