@NullMarked
package io.swarmstream.site.node.problem;

import org.jspecify.annotations.NullMarked;
