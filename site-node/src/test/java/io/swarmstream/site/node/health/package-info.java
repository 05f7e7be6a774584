@NullMarked
package io.swarmstream.site.node.health;

import org.jspecify.annotations.NullMarked;
