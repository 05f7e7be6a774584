/**
 * The site node: the process beside the trainer. It keeps the site's key, talks to Kafka and the
 * chain through {@link io.swarmstream.site.SwarmSite}, and gives trainers in any language their
 * merged models.
 *
 * <p>{@code SiteNode} is its face; {@code OpenSessions} decides which session is open, which one
 * gives way, and how all end. The packages below: {@code http} (endpoints and the status page),
 * {@code session} (one trainer in one training), {@code contract} (what the chain has agreed),
 * {@code weights} and {@code safetensors} (bodies), {@code health} (what is down), {@code problem}
 * (what trainers are told).
 */
@NullMarked
package io.swarmstream.site.node;

import org.jspecify.annotations.NullMarked;
