/**
 * Reads and writes models in the safetensors format: eight bytes with the header's length, a JSON
 * header with the place of each tensor, and the tensors' values, little endian. The memory that it
 * takes does not depend on the model's size.
 */
@NullMarked
package io.swarmstream.schemas.safetensors;

import org.jspecify.annotations.NullMarked;
