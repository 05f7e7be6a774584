/** {@code swarm site}: runs a site's node, next to its trainers. */
@NullMarked
package io.swarmstream.cli.site;

import org.jspecify.annotations.NullMarked;
