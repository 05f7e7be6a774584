/**
 * What a node reports to Prometheus: {@code MetricPage} is one scrape in the text format, {@code
 * NetworkNodeMetrics} names what a network node reports, {@code CertificateExpiry} reads until when
 * an identity is valid. Everything is read when it is asked for; nothing is kept between scrapes.
 */
@NullMarked
package io.swarmstream.telemetry;

import org.jspecify.annotations.NullMarked;
