/**
 * Example programs to copy. {@code FirstTraining} is the smallest program that takes part in a
 * training.
 */
@NullMarked
package io.swarmstream.examples;

import org.jspecify.annotations.NullMarked;
