@NullMarked
package io.swarmstream.site.node.safetensors;

import org.jspecify.annotations.NullMarked;
