/**
 * Reads and writes models in the safetensors format: eight bytes that say how long the header is, a
 * JSON header that says where each tensor is, and the tensors' values, little endian. Nothing of
 * the model's size is held in memory.
 */
@NullMarked
package io.swarmstream.site.node.safetensors;

import org.jspecify.annotations.NullMarked;
