/**
 * {@code swarm demo}: a whole swarm on this machine learns to read handwritten digits, and is
 * compared with each site alone and with all data pooled.
 */
@NullMarked
package io.swarmstream.cli.demo;

import org.jspecify.annotations.NullMarked;
