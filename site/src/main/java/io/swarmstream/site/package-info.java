/**
 * The Java API of a site. {@link io.swarmstream.site.SwarmSite} joins a training contract, sends
 * the site's signed weight deltas and returns merged models once they are proven.
 *
 * <p>The API is this package and the types that its signatures name; {@code internal} may change at
 * any time. Signatures here contain no generated record and no type of the Kafka client, so a new
 * record version or client leaves callers as they are. The library knows no training framework and
 * no Flink.
 *
 * <p>Weights are one flat vector of float32 values: the tensors of the contract's {@link
 * io.swarmstream.schemas.layout.ModelLayout}, one after another, each in row-major order.
 */
@NullMarked
package io.swarmstream.site;

import org.jspecify.annotations.NullMarked;
