/** {@code swarm licence}: who may run how many nodes of a study. */
@NullMarked
package io.swarmstream.cli.licence;

import org.jspecify.annotations.NullMarked;
