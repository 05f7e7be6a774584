@NullMarked
package io.swarmstream.network.govern;

import org.jspecify.annotations.NullMarked;
