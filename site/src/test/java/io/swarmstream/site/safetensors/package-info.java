@NullMarked
package io.swarmstream.site.safetensors;

import org.jspecify.annotations.NullMarked;
