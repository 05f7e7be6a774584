/**
 * The site node: the process beside the trainer. It keeps the site's key, speaks with Kafka and the
 * chain through {@link io.swarmstream.site.SwarmSite}, and gives trainers in any language their
 * merged models, a session for each training.
 */
@NullMarked
package io.swarmstream.site.node;

import org.jspecify.annotations.NullMarked;
