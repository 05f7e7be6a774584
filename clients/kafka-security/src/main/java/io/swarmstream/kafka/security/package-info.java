/** Kafka's plug-ins: principals by public key, and TLS that re-reads its certificates. */
@NullMarked
package io.swarmstream.kafka.security;

import org.jspecify.annotations.NullMarked;
