/**
 * A simulator of misfortune: seeded {@link io.swarmstream.testkit.misfortune.Scenario scenarios} of
 * everything that can go wrong, played on a {@link io.swarmstream.testkit.misfortune.World}, and
 * the project's guarantees checked on what its readers see.
 */
@NullMarked
package io.swarmstream.testkit.misfortune;

import org.jspecify.annotations.NullMarked;
