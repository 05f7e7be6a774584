/**
 * What a trainer learns when a request fails: {@code ProblemCode} lists every kind with its HTTP
 * status, {@code ProblemException} carries one with the field and the way out, and {@code Failure}
 * turns exceptions of Kafka, the chain and the disk into one.
 */
@NullMarked
package io.swarmstream.site.node.problem;

import org.jspecify.annotations.NullMarked;
