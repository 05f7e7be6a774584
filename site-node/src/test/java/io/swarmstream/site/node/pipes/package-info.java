@NullMarked
package io.swarmstream.site.node.pipes;

import org.jspecify.annotations.NullMarked;
