/**
 * Example programs to copy. {@code FirstTraining} is the smallest program that takes part in a
 * training; {@code PersonalHead} shares a part of its model, and stops when all sites do.
 */
@NullMarked
package io.swarmstream.examples;

import org.jspecify.annotations.NullMarked;
