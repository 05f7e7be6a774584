/**
 * What a network node learns from Kafka: rounds of all contracts, and which programs were heard.
 */
@NullMarked
package io.swarmstream.network.log;

import org.jspecify.annotations.NullMarked;
