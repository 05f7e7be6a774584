@NullMarked
package io.swarmstream.schemas.safetensors;

import org.jspecify.annotations.NullMarked;
