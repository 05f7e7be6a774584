/**
 * {@code swarm attack delta}: somebody who reads one site's delta attacks the data behind it. Two
 * attacks that need nothing but arithmetic; those of the literature recover more.
 */
@NullMarked
package io.swarmstream.lab.attack.leak;

import org.jspecify.annotations.NullMarked;
