/**
 * What measurements on a cluster of processes share: {@code LabContract} creates their contracts.
 */
@NullMarked
package io.swarmstream.lab.cluster;

import org.jspecify.annotations.NullMarked;
