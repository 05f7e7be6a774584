/**
 * The site library: {@link io.swarmstream.site.SwarmSite} joins a training contract, sends the
 * site's signed deltas and hands over merged models once they are proven. It knows no training
 * framework and no Flink.
 */
@NullMarked
package io.swarmstream.site;

import org.jspecify.annotations.NullMarked;
