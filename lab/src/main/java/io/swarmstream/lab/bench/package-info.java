/** {@code swarm bench}: how fast it is, against what others and the machine can do. */
@NullMarked
package io.swarmstream.lab.bench;

import org.jspecify.annotations.NullMarked;
