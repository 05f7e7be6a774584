/**
 * Admits members by invitation, certifies them, and enrols sites in the contracts they came for.
 */
@NullMarked
package io.swarmstream.network.enrol;

import org.jspecify.annotations.NullMarked;
