/**
 * What the functions of the graph say to each other. All are immutable records that Flink
 * serializes as POJOs.
 */
@NullMarked
package io.swarmstream.operators.messages;

import org.jspecify.annotations.NullMarked;
