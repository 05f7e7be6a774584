@NullMarked
package io.swarmstream.site.node.pickle;

import org.jspecify.annotations.NullMarked;
