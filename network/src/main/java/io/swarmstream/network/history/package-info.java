/**
 * What was trained, in a file that a node may lose: a cache of the rounds in Kafka, from which
 * pages and curves are read without keeping all rounds in memory.
 */
@NullMarked
package io.swarmstream.network.history;

import org.jspecify.annotations.NullMarked;
