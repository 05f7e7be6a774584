/** {@code swarm site}: a site's node, beside its trainers. */
@NullMarked
package io.swarmstream.cli.site;

import org.jspecify.annotations.NullMarked;
