/**
 * A simulator of misfortune: plays seeded {@link io.swarmstream.testkit.misfortune.Scenario
 * scenarios} of everything that can go wrong on a {@link io.swarmstream.testkit.misfortune.World},
 * and checks the project's guarantees on what its readers see.
 */
@NullMarked
package io.swarmstream.testkit.misfortune;

import org.jspecify.annotations.NullMarked;
