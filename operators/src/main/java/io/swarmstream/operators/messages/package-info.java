/**
 * What the functions of the graph send each other: immutable records that Flink serializes as
 * POJOs. A record that stands for one of several things has a {@code kind}. Some of them are also
 * state: {@code ChunkSignal}, {@code Receipt}, {@code Header}, {@code RoundHead}, {@code
 * GatheredRound} and what they contain keep their names and fields.
 */
@NullMarked
package io.swarmstream.operators.messages;

import org.jspecify.annotations.NullMarked;
