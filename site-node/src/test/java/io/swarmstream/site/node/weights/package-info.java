@NullMarked
package io.swarmstream.site.node.weights;

import org.jspecify.annotations.NullMarked;
