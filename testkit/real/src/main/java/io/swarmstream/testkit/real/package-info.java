/**
 * One real Kafka broker for all tests of a JVM, a development chain with our contracts, and writers
 * of records for both. This module's own tests run the plain clients against them.
 */
@NullMarked
package io.swarmstream.testkit.real;

import org.jspecify.annotations.NullMarked;
