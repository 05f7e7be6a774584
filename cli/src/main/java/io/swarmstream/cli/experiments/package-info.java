/** {@code swarm experiments}: what came of trainings, and their export to other programs. */
@NullMarked
package io.swarmstream.cli.experiments;

import org.jspecify.annotations.NullMarked;
