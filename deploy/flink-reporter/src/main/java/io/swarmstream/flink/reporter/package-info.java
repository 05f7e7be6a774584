/**
 * Flink's Prometheus reporter listens on all interfaces and has no option for it. This one listens
 * on one address, loopback unless said otherwise, and leaves the rest to Flink's. Belongs into the
 * {@code lib} folder of Flink, beside {@code flink-metrics-prometheus}.
 */
@NullMarked
package io.swarmstream.flink.reporter;

import org.jspecify.annotations.NullMarked;
