/**
 * A trainer's weights as they arrive: read from safetensors piece by piece into a file, compared
 * with the contract's layout, and refused when a value is not finite. {@code ReceivedWeights} is
 * the class to open first.
 */
@NullMarked
package io.swarmstream.site.node.weights;

import org.jspecify.annotations.NullMarked;
